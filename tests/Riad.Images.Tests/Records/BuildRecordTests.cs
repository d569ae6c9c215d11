using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Tests.Records;

public sealed class BuildRecordTests
{
    internal static readonly BuildRecord Record = new(
        "dns-secondary", "amd64", "0.1.0", new string('c', 40), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "10.0.401", ".NET 10.0.4", ["--quick"],
        [new(IngredientKind.Debian, "libstdc++6", "12.2.0-14", "amd64", "GPL-3.0-or-later WITH GCC-exception-3.1", "sha256:00ff", true) { Supplier = "Debian", Source = "gcc-12" }, new(IngredientKind.NuGet, "Roslynator.Analyzers", "5.0.1", "", "", "", false)],
        [new("disk.img", 5_000_000_000, "ab"), new("data.img", 1, "cd")]);

    [Fact]
    public void Reading_undoes_writing()
    {
        Assert.True(BuildRecord.TryRead(Record.Write(), out var read));
        Assert.Equal(Record, read);
    }

    [Theory, InlineData(""), InlineData("[]"), InlineData("{}"), InlineData("null"), InlineData("""{"appliance":1}"""), InlineData("""{"appliance":"a","architecture":"b","version":"c","commit":"d","time":"x"}""")]
    public void Anything_else_is_refused(string text) => Assert.False(BuildRecord.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _));

    [Theory, InlineData("disk.img", "disk.img"), InlineData("../disk.img", "b"), InlineData("/disk.img", "b"), InlineData("a", "b/../../c")]
    public void A_file_twice_or_outside_of_the_folder_is_refused(string first, string second) =>
        Assert.False(BuildRecord.TryRead((Record with { Files = [new(first, 1, "ab"), new(second, 1, "ab")] }).Write(), out _));

    [Fact]
    public void A_record_of_the_first_images_is_read_though_it_says_less()
    {
        var older = System.Text.Encoding.UTF8.GetString(Record.Write()).Replace(",\n      \"supplier\": \"Debian\",\n      \"source\": \"gcc-12\"", "", StringComparison.Ordinal);

        Assert.DoesNotContain("gcc-12", older, StringComparison.Ordinal);
        Assert.True(BuildRecord.TryRead(System.Text.Encoding.UTF8.GetBytes(older), out var read));
        Assert.Equal(("", ""), (read.Ingredients[0].Supplier, read.Ingredients[0].Source));
    }
}
