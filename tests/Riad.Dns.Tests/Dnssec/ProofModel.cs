using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>A small zone in plain strings, which signs itself, and judges whether records prove an answer: written apart from the code under test.</summary>
/// <remarks>Names are in lower case, absolute, without escapes. Source: RFC 4035 §5.4, RFC 5155 §8.</remarks>
internal sealed class ProofModel
{
    public const string Apex = "example.";

    private readonly SortedDictionary<string, string[]> types;

    /// <summary>Takes owners and the types that they hold, glue left out.</summary>
    public ProofModel(IReadOnlyDictionary<string, string[]> owners)
    {
        types = new(StringComparer.Ordinal) { [Apex] = ["NS", "SOA"] };
        foreach (var (owner, held) in owners)
            types[owner] = held;
    }

    /// <summary>One proof: from an owner, or its hash, to the next.</summary>
    public readonly record struct Link(string From, string To, string[] Types, bool IsOptOut);

    public bool Exists(string name) => types.Keys.Any(owner => IsAtOrBelow(owner, name));

    public string[] TypesAt(string name) => types.GetValueOrDefault(name, []);

    public string? CutAbove(string name) => Above(name).Where(above => above != Apex && TypesAt(above).Contains("NS")).LastOrDefault();

    public string Encloser(string name) => Above(name).First(Exists);

    /// <summary>The name one label longer than an ancestor.</summary>
    public static string NextCloser(string name, string encloser) => Above(name).Last(above => above != encloser && IsAtOrBelow(above, encloser));

    public string Text(bool isHashed, bool isOptOut)
    {
        var text = new StringBuilder("example. SOA ns.elsewhere. hostmaster.elsewhere. 1 2 3 4 300\nexample. NS ns.elsewhere.\n");
        foreach (var (owner, held) in types.Where(entry => entry.Key != Apex))
        {
            foreach (var type in held)
                text.Append(owner).Append(' ').Append(type).Append(' ').AppendLine(type switch { "A" => "192.0.2.1", "NS" => "ns.elsewhere.", "CNAME" => "elsewhere.", _ => "1 13 2 " + new string('0', 64) });
        }
        if (isHashed)
            text.AppendLine("example. NSEC3PARAM 1 0 1 ab");
        foreach (var link in isHashed ? Hashes(isOptOut) : Names())
            text.AppendLine(isHashed ? $"{link.From}.example. 300 NSEC3 1 {(isOptOut ? 1 : 0)} 1 ab {link.To} {string.Join(' ', link.Types)}" : $"{link.From} 300 NSEC {link.To} {string.Join(' ', link.Types)}");
        return text.ToString();
    }

    /// <summary>Tells whether links between names prove that a name does not exist.</summary>
    public static bool IsAbsent(IEnumerable<Link> links, string name) => links.Any(link => Lies(Key(link.From), Key(name), Key(link.To)) && !IsAtOrBelow(link.To, name));

    /// <summary>Tells whether links between names prove that a name, empty non-terminals among them, does not hold a type.</summary>
    public static bool Lacks(IEnumerable<Link> links, string name, string type) =>
        links.Any(link => link.From == name ? !link.Types.Contains(type) && !link.Types.Contains("CNAME") : Lies(Key(link.From), Key(name), Key(link.To)) && IsAtOrBelow(link.To, name));

    public static bool IsHashAbsent(IEnumerable<Link> links, string name) => links.Any(link => Lies(link.From, Hash(name), link.To));

    public static bool HashLacks(IEnumerable<Link> links, string name, string type) =>
        links.Any(link => link.From == Hash(name) && !link.Types.Contains(type) && !link.Types.Contains("CNAME"));

    /// <summary>The closest encloser that links between hashes prove; null when they prove none.</summary>
    public static string? ProvedEncloser(IReadOnlyList<Link> links, string name, bool mustBeOptOut = false) => Above(name).Skip(1).FirstOrDefault(above =>
        links.Any(link => link.From == Hash(above)) && links.Any(link => Lies(link.From, Hash(NextCloser(name, above)), link.To) && (!mustBeOptOut || link.IsOptOut)));

    public static bool IsAtOrBelow(string name, string above) => name == above || name.EndsWith($".{above}", StringComparison.Ordinal);

    /// <summary>The name, then its ancestors up to the apex.</summary>
    public static IEnumerable<string> Above(string name)
    {
        for (; name != Apex; name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
            yield return name;
        yield return Apex;
    }

    private IEnumerable<Link> Names()
    {
        var order = types.Keys.OrderBy(Key, StringComparer.Ordinal).ToList();
        return order.Select((name, i) => new Link(name, order[(i + 1) % order.Count], [.. types[name], "RRSIG", "NSEC"], IsOptOut: false));
    }

    private IEnumerable<Link> Hashes(bool isOptOut)
    {
        var hashed = types.Where(entry => !(isOptOut && entry.Key != Apex && entry.Value.SequenceEqual(["NS"]))).SelectMany(entry => Above(entry.Key)).Distinct().ToList();
        var order = hashed.OrderBy(Hash, StringComparer.Ordinal).ToList();
        return order.Select((name, i) => new Link(Hash(name), Hash(order[(i + 1) % order.Count]), TypesAt(name), isOptOut));
    }

    /// <summary>In a circle: the last leads to the first.</summary>
    private static bool Lies(string from, string name, string to)
    {
        var (isAfter, isBefore) = (string.CompareOrdinal(from, name) < 0, string.CompareOrdinal(name, to) < 0);
        return string.CompareOrdinal(from, to) < 0 ? isAfter && isBefore : isAfter || isBefore;
    }

    /// <summary>Labels from the root on; a blank is lower than every letter, digit and asterisk.</summary>
    private static string Key(string name) => string.Join(' ', name.Split('.').Reverse());

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "the only hash that RFC 5155 defines")]
    public static string Hash(string name)
    {
        byte[] wire = [.. name.TrimEnd('.').Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
        var hash = SHA1.HashData([.. SHA1.HashData([.. wire, 0xab]), 0xab]);
        var bits = string.Concat(hash.Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0')));
        return string.Concat(Enumerable.Range(0, 32).Select(i => "0123456789abcdefghijklmnopqrstuv"[Convert.ToInt32(bits.Substring(i * 5, 5), 2)]));
    }
}
