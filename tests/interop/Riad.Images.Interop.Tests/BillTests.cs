using Riad.Images.Interop.Tests.Running;
using Riad.Images.Packages;
using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>The bill of materials, by the schema that CycloneDX publishes.</summary>
[Collection(ImageTests.Name)]
public sealed class BillTests(BuiltImages images)
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly BuildRecord Record = new(
        "dns-secondary", "amd64", "0.1.0", new string('c', 40), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "10.0.401", ".NET 10.0.4", [],
        [
            new(IngredientKind.Debian, "libstdc++6", "12.2.0-14+deb12u1", "amd64", "GPL-3.0-or-later WITH GCC-exception-3.1", $"sha256:{Hash}", true) { Supplier = "Debian", Source = "gcc-12" },
            new(IngredientKind.NuGet, "System.CommandLine", "3.0.0", "", "MIT", $"sha512:{Hash}{Hash}", true) { Supplier = "Microsoft" },
            new(IngredientKind.NuGet, "Roslynator.Analyzers", "5.0.1", "", "", "", false),
        ],
        []);

    [NeedsFact(Schemas.Reader, Npm = true)]
    public void It_is_what_the_schema_demands()
    {
        Assert.Empty(Schemas.CheckBill(File.ReadAllText(Path.Combine(images.Of("dns-primary-git"), BillOfMaterials.FileName))));
        Assert.Empty(Schemas.CheckBill(Write(Record)));
        Assert.Empty(Schemas.CheckBill(Write(Record with { Ingredients = [], Options = ["--program"] })));
    }

    [NeedsFact(Schemas.Reader, StandIn.Assembler, Long = true, Npm = true)]
    public void So_is_that_of_an_image_for_ARM_with_ssh() => Assert.Empty(Schemas.CheckBill(File.ReadAllText(Path.Combine(images.OfArm("dns-primary-git-ssh"), BillOfMaterials.FileName))));

    [NeedsFact(Schemas.Reader, Npm = true)]
    public void The_schema_is_one_that_refuses()
    {
        (string Right, string Wrong, string Place)[] faults =
        [
            ("\"phase\": \"build\"", "\"phase\": \"bakery\"", "metadata/lifecycles/0"),
            ("\"SHA-256\"", "\"SHA-255\"", "components/0/hashes/0/alg"),
            ("\"scope\"", "\"scoop\"", "components/0"),
            ("\"aggregate\": \"complete\"", "\"aggregate\": \"all\"", "compositions/0/aggregate"),
            ("urn:uuid:", "uuid:", "serialNumber"),
        ];

        Assert.All(faults, fault => Assert.Contains(Schemas.CheckBill(Write(Record).Replace(fault.Right, fault.Wrong, StringComparison.Ordinal)), line => line.StartsWith($"{fault.Place}: ", StringComparison.Ordinal)));
    }

    // The schema takes any text for an expression, and has the list all the same.
    [NeedsFact(Npm = true)]
    public void Every_licence_is_one_that_SPDX_lists()
    {
        var known = Schemas.ReadLicences();

        Assert.Empty((
            from image in ApplianceImage.All
            from architecture in Architecture.All
            from package in image.PackagesFor(architecture)
            from word in DebianLicences.Of(package.Text).Split(' ')
            where word != "WITH" && !word.StartsWith("LicenseRef-", StringComparison.Ordinal) && !known.Contains(word)
            select $"{package}: {word}").Distinct());
    }

    private static string Write(BuildRecord record) => System.Text.Encoding.UTF8.GetString(BillOfMaterials.Write(record));
}
