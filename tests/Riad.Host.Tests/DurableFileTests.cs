using Xunit;

namespace Riad.Host.Tests;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_file_is_created_and_then_replaced_whole_and_nothing_is_left_beside_it()
    {
        var path = folder.PathOf("catalog");
        DurableFile.Replace(path, "the first, which is longer"u8);
        // Left behind by a process that was killed.
        File.WriteAllText(path + ".new", "the sec");
        DurableFile.Replace(path, "the second"u8);

        Assert.Equal("the second", File.ReadAllText(path));
        Assert.Equal(path, Assert.Single(Directory.GetFileSystemEntries(folder.Path)));
    }

    [Fact]
    public void A_secret_is_its_owners_alone_also_where_others_could_read_what_was_left_behind()
    {
        var path = folder.PathOf("users");
        File.WriteAllText(path + ".new", "");
        DurableFile.ReplaceSecret(path, "ada"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(path).UnixFileMode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("\n", null)]
    [InlineData("dns-secondary 1\n", "dns-secondary 1")]
    public void A_format_that_the_power_left_empty_says_nothing(string? written, string? expected)
    {
        if (written is not null)
            File.WriteAllText(folder.PathOf("format"), written);

        Assert.Equal(expected, StateFormat.Find(folder.Path));
        StateFormat.Write(folder.Path, "sample 2");
        Assert.Equal("sample 2", StateFormat.Find(folder.Path));
    }

    public void Dispose() => folder.Dispose();
}
