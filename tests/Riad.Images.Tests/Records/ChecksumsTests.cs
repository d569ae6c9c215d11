using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Tests.Records;

public sealed class ChecksumsTests
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void They_are_lines_that_sha256sum_reads() => Assert.Equal("cd  data.img\nab  disk.img\n", Checksums.Write([new("disk.img", 5, "ab"), new("data.img", 1, "cd")]));

    [Fact]
    public void Reading_undoes_writing() => Prop.ForAll<uint[]>(numbers =>
    {
        var files = numbers.Distinct().Select(number => new ProductFile(string.Create(CultureInfo.InvariantCulture, $"oci/{number}"), 0, number.ToString("x64", CultureInfo.InvariantCulture))).ToList();
        return Checksums.TryRead(Checksums.Write(files), out var sums) && sums.SequenceEqual(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => KeyValuePair.Create(file.Path, file.Sha256)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_text_nothing_is_thrown() => Prop.ForAll<string?>(text =>
    {
        Checksums.TryRead(text ?? "", out _);
        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("one blank",            Hash + " data.img")]
    [InlineData("a sign for binary",    Hash + " *data.img")]
    [InlineData("no path",              Hash + "  ")]
    [InlineData("a short hash",         "00  data.img")]
    [InlineData("capitals",             "AA112233445566778899aabbccddeeff00112233445566778899aabbccddeeff  data.img")]
    [InlineData("a path that climbs",   Hash + "  oci/../../data.img")]
    [InlineData("a path from the root", Hash + "  /etc/passwd")]
    [InlineData("a path twice",         Hash + "  data.img\n" + Hash + "  data.img")]
    public void Another_line_is_refused(string why, string text) => Assert.False(Checksums.TryRead(text + "\n", out _), why);

    [Fact]
    public void One_folder_above_paths_begin_with_the_folder()
    {
        Assert.True(Checksums.TryRead($"{Hash}  oci/index.json\n", out var sums));

        Assert.Equal($"{Hash}  dns-secondary/oci/index.json\n", Checksums.WriteBelow("dns-secondary", sums));
    }
}
