using System.Text;
using Riad.Images.Records;

namespace Riad.Fuzz.Images;

/// <summary>Records of builds, which come with somebody's image: what is read is written and read the same, and what is built again has harmless words.</summary>
internal sealed class BuildRecordTarget : IFuzzTarget
{
    private static readonly BuildRecord Sample = new(
        "dns-secondary", "amd64", "0.1.0", new string('c', 40), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "10.0.401", ".NET 10.0.4", [],
        [new(IngredientKind.Debian, "libc6", "2.36-9", "amd64", "LGPL-2.1-or-later", "sha256:00ff", true)], [new("disk.img", 5, "ab"), new("oci/index.json", 1, "cd")]);

    public string Name => "build-record";

    public IEnumerable<byte[]> Seeds => [Sample.Write(), (Sample with { Options = ["--quick"] }).Write(), Encoding.ASCII.GetBytes("{\"appliance\":null}")];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!BuildRecord.TryRead(octets.ToArray(), out var record))
            return;
        if (!BuildRecord.TryRead(record.Write(), out var again) || Comparison.Records(record, again) is not [])
            throw new InvalidOperationException("written and read otherwise");
        if (Recipe.TryFind(record, out var recipe, out _) && recipe.Appliance.AsSpan().IndexOfAny("@/ \n") >= 0)
            throw new InvalidOperationException($"no name: {recipe.Appliance}");
    }
}
