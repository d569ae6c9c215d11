using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Tests.Records;

public sealed class ComparisonTests
{
    private static readonly BuildRecord Record = BuildRecordTests.Record with { Options = [] };

    private static readonly ProductFile[] Files = [new("SHA256SUMS", 1, "aa"), new("disk.img", 2, "bb")];

    [Fact]
    public void The_same_is_the_same()
    {
        Assert.Empty(Comparison.Files(Files, Files.Reverse()));
        Assert.Empty(Comparison.Records(Record, Record));
    }

    [Fact]
    public void A_file_that_is_another_more_or_missing_is_named() => Assert.Equal(
        [
            "SHA256SUMS: aa in the image, not there built again",
            "disk.img: bb in the image, cc built again",
            "sbom.cdx.json: not there in the image, dd built again",
        ],
        Comparison.Files(Files, [new("disk.img", 2, "cc"), new("sbom.cdx.json", 3, "dd")]));

    public static TheoryData<string, BuildRecord> Tampered => new()
    {
        { "version: 9 in the image, 0.1.0 built again",                                 Record with { Version = "9" } },
        { "time: 2023-11-14T22:13:21Z in the image, 2023-11-14T22:13:20Z built again",  Record with { Time = Record.Time.AddSeconds(1) } },
        { "sdk: 10.0.1 in the image, 10.0.401 built again",                             Record with { Sdk = "10.0.1" } },
        { "runtime: .NET 9 in the image, .NET 10.0.4 built again",                      Record with { Runtime = ".NET 9" } },
        { "options: --quick in the image, none built again",                                Record with { Options = ["--quick"] } },
        { "sdk: ?]0;title? in the image, 10.0.401 built again",                         Record with { Sdk = "\u001B]0;title\u0007" } },
        {
            "libstdc++6 amd64: 12.2.0-14 sha256:00 of Debian under MIT in the image, 12.2.0-14 sha256:00ff of Debian under GPL-3.0-or-later WITH GCC-exception-3.1 built again",
            Record with { Ingredients = [Record.Ingredients[0] with { Hash = "sha256:00", Licence = "MIT" }, Record.Ingredients[1]] }
        },
        { "Roslynator.Analyzers: not there in the image, 5.0.1  outside of NuGet built again", Record with { Ingredients = [Record.Ingredients[0]] } },
        {
            "Roslynator.Analyzers: 5.0.1  outside of NuGet, 5.0.1  outside of NuGet in the image, 5.0.1  outside of NuGet built again",
            Record with { Ingredients = [.. Record.Ingredients, Record.Ingredients[1]] }
        },
    };

    [Theory, MemberData(nameof(Tampered))]
    public void What_a_record_says_otherwise_is_named(string line, BuildRecord given) => Assert.Equal([line], Comparison.Records(given, Record));
}
