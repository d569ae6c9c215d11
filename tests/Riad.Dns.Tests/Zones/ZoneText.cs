using System.Globalization;
using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Tests.Zones;

/// <summary>Zones of tests: one record a line, "owner [ttl] type data", names relative to the apex.</summary>
internal static class ZoneText
{
    public const uint DefaultTtl = 3600;

    public static Zone Zone(string apex, string text) => Builder(apex, text).Build();

    public static ZoneBuilder Builder(string apex, string text)
    {
        var origin = Name(apex);
        var builder = new ZoneBuilder(origin);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != ';'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var hasTtl = uint.TryParse(words[1], CultureInfo.InvariantCulture, out var given);
            var typeWord = words[hasTtl ? 2 : 1];
            if (!RrTypes.TryParse(typeWord, out var type))
                throw new ArgumentException(line);
            var rdata = Rdata(type, line[(line.IndexOf($" {typeWord} ", StringComparison.Ordinal) + typeWord.Length + 2)..], origin);
            if (!builder.Add(Name(words[0], origin).Wire, type, hasTtl ? given : DefaultTtl, rdata))
                throw new ArgumentException($"outside the zone: {line}");
        }
        return builder;
    }

    public static DomainName Name(string text, DomainName? origin = null)
    {
        if (text == "@" && origin is not null)
            return origin;
        return DomainName.TryParse(Encoding.ASCII.GetBytes(text), origin ?? DomainName.Root, out var name, out var fault) ? name : throw new ArgumentException($"{text}: {fault}");
    }

    public static byte[] Rdata(RrType type, string text, DomainName origin)
    {
        var octets = Encoding.ASCII.GetBytes(text);
        var rdata = new byte[RdataWire.MaxLength];
        return RdataText.TryParse(type, octets, [.. Words(text)], origin.Wire, rdata, out var length, out var error) ? rdata[..length] : throw new ArgumentException($"{text}: {error}");
    }

    private static IEnumerable<MasterToken> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var isQuoted = text[at] == '"';
            var start = at + (isQuoted ? 1 : 0);
            var end = text.IndexOf(isQuoted ? '"' : ' ', start);
            end = end < 0 ? text.Length : end;
            if (isQuoted || end > start)
                yield return new(start, end - start, isQuoted);
            at = end + 1;
        }
    }
}
