using System.Text;
using Riad.Dns.Names;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Signed;

/// <summary>What is asked of a signed zone, always with DO: every owner, and names below, above and beside each.</summary>
internal static class SignedQuestions
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Names in the zone and in those below, in canonical order.</summary>
    public static IReadOnlyList<string> NamesOf(SignedZone zone) =>
        [.. Around(zone).Concat(["www.secure", "nothing.secure", "x.wild.secure", "up.secure", "www.insecure", "nothing.insecure"])
            .Select(word => Parse(word, zone.Name)).Distinct().Order().Select(name => name.ToString())];

    /// <summary>A query with DO and, for a resolver, RD.</summary>
    public static byte[] Query(string name, ushort type, bool isRecursive, int size = 4096)
    {
        const byte RecursionDesired = 1;
        const byte DnssecOk = 0x80;
        var query = DnsExchange.Query(name, type, size);
        query[2] |= isRecursive ? RecursionDesired : (byte)0;
        query[^4] = DnssecOk;
        return query;
    }

    public static string Print(string name, ushort type) => new AskedQuestion(name, type).ToString();

    private static IEnumerable<string> Around(SignedZone zone)
    {
        foreach (var owner in zone.Text.Split('\n').Where(line => line.Length > 0 && !";$ \t".Contains(line[0], StringComparison.Ordinal)).Select(line => line.Split(Blanks)[0]))
        {
            yield return owner;
            if (owner == "@" || owner.EndsWith('.'))
                continue;
            yield return $"below.{owner}";
            yield return $"*.{owner}";
            yield return $"{owner}0"; // after it, before the next
            for (var at = owner.IndexOf('.', StringComparison.Ordinal); at >= 0; at = owner.IndexOf('.', at + 1))
                yield return owner[(at + 1)..];
        }
        yield return "0000";
        yield return "zzzz.zzzz";
    }

    private static DomainName Parse(string word, string zone) =>
        DomainName.TryParseAbsolute(zone, out var apex) && DomainName.TryParse(Encoding.ASCII.GetBytes(word), apex, out var name, out _) ? name : throw new ArgumentException(word, nameof(word));
}
