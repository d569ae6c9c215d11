using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Riad.Core;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Records;

/// <summary>What the types forbid, the compiler refuses: each use is compiled against the library as it was built.</summary>
public sealed class WrongUseTests
{
    private const string Frame = """
        #nullable enable
        using System.Linq;
        using Riad.Core;
        using Riad.Dns.Names;
        using Riad.Dns.Records;
        using Riad.Dns.Zones;

        internal static class Use
        {
            public static void Run(RrMap map, Zone zone, DomainName name, RrSet<Mx> mail, Rr<Soa> start, Serial serial, Ttl ttl)
            {
                HERE;
            }
        }
        """;

    // The framework and everything of ours, from beside this test.
    private static readonly MetadataReference[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file.StartsWith("Riad.", StringComparison.Ordinal)))
        .Append(typeof(Zone).Assembly.Location)
        .Append(typeof(IPv4Address).Assembly.Location)
        .Distinct(StringComparer.Ordinal)
        .Select(path => MetadataReference.CreateFromFile(path))];

    public static TheoryData<string, string> Right => new()
    {
        // what                                     use
        { "a set, by its type",                     "RrSet<IPv4Address>? found = map.Find(RrTypes.A)" },
        { "a set of what the type holds",           "RrSet<Mx>? found = map.Find(RrTypes.Mx)" },
        { "a single record",                        "Rr<Soa>? found = map.Find(RrTypes.Soa)" },
        { "the value of a single record",           "Serial? found = map.Find(RrTypes.Soa)?.Value.Serial" },
        { "each of a set",                          "foreach (Mx mx in map.Find(RrTypes.Mx)!.Values) { _ = mx.Preference; }" },
        { "a set in its place",                     "map = map.With(RrTypes.Mx, mail)" },
        { "a single record in its place",           "map = map.With(RrTypes.Soa, start)" },
        { "a question, typed",                      "Lookup<RrSet<IPv4Address>> answer = zone.Lookup(name, RrTypes.A)" },
        { "a question for a single record",         "Lookup<Rr<Soa>> answer = zone.Lookup(name, RrTypes.Soa)" },
        { "its answers", """
            string said = zone.Lookup(name, RrTypes.A) switch
            {
                Lookup<RrSet<IPv4Address>>.Found(var addresses) => addresses.ToString()!,
                Lookup<RrSet<IPv4Address>>.NoData(var soa) => soa.Serial.ToString(),
                Lookup<RrSet<IPv4Address>>.NameError(var soa) => soa.Serial.ToString(),
                Lookup<RrSet<IPv4Address>>.Delegation(var cut, var servers) => cut.ToString(),
                Lookup<RrSet<IPv4Address>>.Alias(_, var target) => target.ToString(),
                _ => "",
            }
            """ },
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        // what                                     use                                                                     refused with
        { "addresses taken for SOA records",        "RrSet<Soa>? found = map.Find(RrTypes.A)",                              "CS0029" },
        { "a set where there is one at most",       "RrSet<Soa>? found = map.Find(RrTypes.Soa)",                            "CS0029" },
        { "one where there may be many",            "Rr<Mx>? found = map.Find(RrTypes.Mx)",                                 "CS0029" },
        { "one of many, as if it were the only",    "Mx found = map.Find(RrTypes.Mx)!",                                     "CS0029" },
        { "going through one",                      "foreach (var soa in map.Find(RrTypes.Soa)!) { }",                      "CS1579" },
        { "a field of another type",                "_ = map.Find(RrTypes.Soa)!.Value.Preference",                          "CS1061" },
        { "an exchange in the place of a start",    "map.With(RrTypes.Soa, mail)",                                          "CS1503" },
        { "a start in the place of an exchange",    "map.With(RrTypes.Mx, start)",                                          "CS1503" },
        { "exchanges in the place of addresses",    "map.With(RrTypes.A, mail)",                                            "CS0411" },
        { "a number for a type",                    "map.Find(1)",                                                          "CS0411" },
        { "a name for a type",                      "map.Find(\"SOA\")",                                                    "CS0411" },
        { "a type that exists in queries alone",    "zone.Lookup(name, Riad.Dns.Messages.QueryTypes.Any)",                  "CS0411" },
        { "an answer of another type",              "Lookup<RrSet<Mx>> answer = zone.Lookup(name, RrTypes.A)",              "CS0029" },
        { "an answer that cannot come",             "_ = zone.Lookup(name, RrTypes.A) switch { Lookup<RrSet<Mx>>.Found => 1, _ => 0 }", "CS8121" },
        { "a further answer",                       "} private sealed record Further : Lookup<RrSet<Mx>>; private static void More() {", "CS7036" },
        { "a key of one's own",                     "var key = new RrType<Soa>(1, \"A\", RdataShape.Opaque, null!)",    "CS1729" },
        { "a text for a name",                      "zone.Lookup(\"www.example.org\", RrTypes.A)",                          "CS1503" },
        { "a name that nobody checked",             "var unchecked1 = new DomainName(new byte[] { 0 })",                    "CS1729" },
        { "a serial that is compared like a number", "_ = serial < serial",                                                  "CS0019" },
        { "a serial for a TTL",                     "ttl = serial",                                                         "CS0029" },
        { "a number for a TTL",                     "ttl = 300",                                                            "CS0029" },
    };

    [Theory, MemberData(nameof(Right))]
    public void The_right_use_compiles(string what, string use) => Assert.Equal((what, ""), (what, Compile(use)));

    [Theory, MemberData(nameof(Wrong))]
    public void The_wrong_use_does_not_compile(string what, string use, string refusedWith) => Assert.Equal((what, refusedWith), (what, Compile(use)));

    // The codes of the errors, each once.
    private static string Compile(string use)
    {
        var compilation = CSharpCompilation.Create("Use", [CSharpSyntaxTree.ParseText(Frame.Replace("HERE", use, StringComparison.Ordinal))], References, new(OutputKind.DynamicallyLinkedLibrary));
        return string.Join(' ', compilation.GetDiagnostics().Where(found => found.Severity is DiagnosticSeverity.Error).Select(found => found.Id).Distinct(StringComparer.Ordinal));
    }
}
