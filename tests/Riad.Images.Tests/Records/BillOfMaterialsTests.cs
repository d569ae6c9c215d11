using System.Text.Json;
using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Tests.Records;

public sealed class BillOfMaterialsTests
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly BuildRecord Record = BuildRecordTests.Record with
    {
        Options = [],
        Ingredients =
        [
            new(IngredientKind.Debian, "libstdc++6", "12.2.0-14+deb12u1", "amd64", "GPL-3.0-or-later WITH GCC-exception-3.1", $"sha256:{Hash}", true) { Supplier = "Debian", Source = "gcc-12" },
            new(IngredientKind.Debian, "openssh-client", "1:9.2p1-2~x", "amd64", "SSH-OpenSSH", $"sha256:{Hash}", true) { Supplier = "Debian", Source = "openssh" },
            new(IngredientKind.Debian, "zstd", "1.5.4", "amd64", "", $"sha256:{Hash}", false) { Supplier = "Debian", Source = "zstd" },
            new(IngredientKind.NuGet, "System.CommandLine", "3.0.0", "", "MIT", $"sha512:{Hash}{Hash}", true) { Supplier = "Microsoft" },
            new(IngredientKind.NuGet, "Roslynator.Analyzers", "5.0.1", "", "", "", false),
        ],
    };

    [Fact]
    public void Each_component_has_an_address_that_scanners_know()
    {
        Assert.Equal(
            [
                "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12&upstream=gcc-12",
                "pkg:deb/debian/openssh-client@1:9.2p1-2~x?arch=amd64&distro=debian-12&upstream=openssh",
                "pkg:deb/debian/zstd@1.5.4?arch=amd64&distro=debian-12",
                "pkg:nuget/System.CommandLine@3.0.0",
                "pkg:nuget/Roslynator.Analyzers@5.0.1",
            ], Components(Record).Select(component => Text(component, "purl")));
    }

    [Fact]
    public void It_says_who_made_each_under_which_licence_and_which_octets_it_was()
    {
        var components = Components(Record);

        Assert.Equal(["Debian", "Debian", "Debian", "Microsoft", ""], components.Select(component => component.TryGetProperty("supplier", out var supplier) ? Text(supplier, "name") : ""));
        Assert.Equal(
            ["GPL-3.0-or-later WITH GCC-exception-3.1", "SSH-OpenSSH", "", "MIT", ""],
            components.Select(component => component.TryGetProperty("licenses", out var licences) ? Text(licences[0], "expression") : ""));
        Assert.Equal(
            [$"SHA-256 {Hash}", $"SHA-256 {Hash}", $"SHA-256 {Hash}", $"SHA-512 {Hash}{Hash}", ""],
            components.Select(component => component.TryGetProperty("hashes", out var hashes) ? $"{Text(hashes[0], "alg")} {Text(hashes[0], "content")}" : ""));
    }

    [Fact]
    public void The_image_depends_on_what_is_in_it_and_not_on_what_built_it()
    {
        var bill = Bill(Record);
        var components = Components(Record);

        var dependency = Assert.Single(bill.GetProperty("dependencies").EnumerateArray());
        Assert.Equal(("pkg:generic/riad/dns-secondary@0.1.0", "Riad"), (Text(dependency, "ref"), Text(bill.GetProperty("metadata").GetProperty("component").GetProperty("supplier"), "name")));
        Assert.Equal([Text(components[0], "bom-ref"), Text(components[1], "bom-ref"), Text(components[3], "bom-ref")], dependency.GetProperty("dependsOn").EnumerateArray().Select(reference => reference.GetString()));
        Assert.Equal(["required", "required", "excluded", "required", "excluded"], components.Select(component => Text(component, "scope")));
    }

    [Theory, InlineData("complete", ""), InlineData("incomplete", "--program")]
    public void Whether_that_is_all_is_said(string aggregate, string option)
    {
        var composition = Bill(Record with { Options = option.Length == 0 ? [] : [option] }).GetProperty("compositions")[0];

        Assert.Equal((aggregate, "pkg:generic/riad/dns-secondary@0.1.0"), (Text(composition, "aggregate"), composition.GetProperty("dependencies")[0].GetString()));
    }

    [Fact]
    public void A_package_for_two_machines_is_two_components()
    {
        var twice = Record with
        {
            Architecture = "arm64",
            Ingredients = [new(IngredientKind.Debian, "libc6", "2.36-9", "arm64", "", "", true), new(IngredientKind.Debian, "ca-certificates", "1", "all", "", "", true), new(IngredientKind.Debian, "libc6", "2.36-9", "amd64", "", "", false)],
        };

        Assert.Equal(
            ["pkg:deb/debian/libc6@2.36-9?arch=arm64&distro=debian-12", "pkg:deb/debian/ca-certificates@1?arch=all&distro=debian-12", "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12"],
            Components(twice).Select(component => Text(component, "bom-ref")));
    }

    [Fact]
    public void Its_number_is_that_of_the_image_and_of_no_other()
    {
        var number = Text(Bill(Record), "serialNumber");

        // Source: RFC 9562 §5.8: version 8, variant 10.
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", number);
        Assert.Equal(number, Text(Bill(Record), "serialNumber"));
        Assert.All((BuildRecord[])[Record with { Architecture = "arm64" }, Record with { Options = ["--quick"] }, Record with { Time = Record.Time.AddSeconds(1) }], other => Assert.NotEqual(number, Text(Bill(other), "serialNumber")));
    }

    private static JsonElement Bill(BuildRecord record) => JsonDocument.Parse(BillOfMaterials.Write(record)).RootElement;

    private static List<JsonElement> Components(BuildRecord record) => [.. Bill(record).GetProperty("components").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
