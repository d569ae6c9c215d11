using System.Text.Json;
using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Tests.Records;

public sealed class BuildRecordTests
{
    internal static readonly BuildRecord Record = new(
        "dns-secondary", "amd64", "0.1.0", new string('c', 40), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "10.0.401", ".NET 10.0.4", ["--quick"],
        [new(IngredientKind.Debian, "libstdc++6", "12.2.0-14", "amd64", "GPL-3.0-or-later WITH GCC-exception-3.1", "sha256:00ff", true), new(IngredientKind.NuGet, "Roslynator.Analyzers", "5.0.1", "", "", "", false)],
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
    public void The_bill_of_materials_names_what_is_in_the_image_and_what_built_it()
    {
        var components = JsonDocument.Parse(BillOfMaterials.Write(Record)).RootElement.GetProperty("components");

        Assert.Equal("pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64&distro=bookworm", components[0].GetProperty("purl").GetString());
        Assert.Equal(("required", "SHA-256"), (components[0].GetProperty("scope").GetString()!, components[0].GetProperty("hashes")[0].GetProperty("alg").GetString()!));
        Assert.Equal("GPL-3.0-or-later WITH GCC-exception-3.1", components[0].GetProperty("licenses")[0].GetProperty("expression").GetString());
        Assert.False(components[1].TryGetProperty("licenses", out _));
        Assert.Equal(("excluded", "pkg:nuget/Roslynator.Analyzers@5.0.1"), (components[1].GetProperty("scope").GetString()!, components[1].GetProperty("purl").GetString()!));
    }

    [Fact]
    public void A_package_for_two_machines_is_two_components()
    {
        var twice = Record with
        {
            Architecture = "arm64",
            Ingredients = [new(IngredientKind.Debian, "libc6", "2.36-9", "arm64", "", "", true), new(IngredientKind.Debian, "ca-certificates", "1", "all", "", "", true), new(IngredientKind.Debian, "libc6", "2.36-9", "amd64", "", "", false)],
        };

        var places = JsonDocument.Parse(BillOfMaterials.Write(twice)).RootElement.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("bom-ref").GetString());

        Assert.Equal(["pkg:deb/debian/libc6@2.36-9?arch=arm64&distro=bookworm", "pkg:deb/debian/ca-certificates@1?arch=all&distro=bookworm", "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=bookworm"], places);
    }
}
