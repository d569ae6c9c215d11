using System.Text;
using Riad.Dns.Names;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Answers;

/// <summary>What is asked: every owner and target of every zone, names beside, above and below them, each for every type.</summary>
internal static class QuestionList
{
    /// <summary>A NS CNAME SOA MX TXT AAAA SRV NAPTR DNAME DS SVCB HTTPS CAA LOC TLSA, one that is not listed, and ANY.</summary>
    public static readonly ushort[] Types = [1, 2, 5, 6, 15, 16, 28, 33, 35, 39, 43, 64, 65, 257, 29, 52, 65280, 255];

    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly string[] Outside = ["example.com", "test", "."];

    public static IReadOnlyList<PeerZone> Zones { get; } =
    [
        .. Directory.GetFiles(Checkout.PathOf("tests", "interop", "Riad.Interop.Tests", "Answers", "Zones"), "*.zone")
            .Order(StringComparer.Ordinal)
            .Select(file => new PeerZone(Path.GetFileNameWithoutExtension(file), file)),
    ];

    public static IEnumerable<DomainName> Names => Zones.SelectMany(NamesOf).Concat(Outside.Select(Parse)).Distinct().Order();

    /// <summary>Every name for every type.</summary>
    public static IEnumerable<AskedQuestion> Questions => Names.SelectMany(_ => Types, (name, type) => new AskedQuestion(name.ToString(), type));

    private static IEnumerable<DomainName> NamesOf(PeerZone zone)
    {
        var apex = Parse(zone.Name);
        foreach (var word in Words(zone))
        {
            if (!DomainName.TryParse(Encoding.ASCII.GetBytes(word), apex, out var name, out _) || !name.IsAtOrBelow(apex))
                continue;
            yield return name;
            if (name.Prepend("below"u8) is { } below)
                yield return below;
            if (name.Prepend("*"u8) is { } star)
                yield return star;
            for (var above = name.Parent; above is not null && above.IsAtOrBelow(apex); above = above.Parent)
                yield return above;
        }
    }

    // Every word that could be a name: owners, targets, and a few that are neither.
    private static IEnumerable<string> Words(PeerZone zone) => File.ReadLines(zone.File)
        .Where(line => line.Length > 0 && line[0] is not (';' or '$'))
        .SelectMany(line => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        .Where(word => word.Length < 250 && word[0] != '"' && !word.All(char.IsAsciiDigit))
        .Append("@");

    private static DomainName Parse(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text, nameof(text));
}
