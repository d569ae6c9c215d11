using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.ZoneRepository.Differences;

/// <summary>A record as one line of a master file: absolute owner, TTL, class, type and data, one space between.</summary>
internal static class ZoneRecordText
{
    public static string Print(ZoneRecord record)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{record.Owner} {record.Ttl} IN {record.Type} ");
        RdataText.Print(record.Type, record.Rdata.Span, text);
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Print"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ZoneRecord? record)
    {
        record = null;
        var words = Split(line);
        if (words.Count < 4 || !line[Place(words[2])].SequenceEqual("IN"u8)
            || !DomainName.TryParse(line[Place(words[0])], null, out var owner, out _)
            || !uint.TryParse(line[Place(words[1])], NumberStyles.None, CultureInfo.InvariantCulture, out var ttl)
            || !RrTypes.TryParse(Encoding.UTF8.GetString(line[Place(words[3])]), out var type))
        {
            return false;
        }
        var rdata = new byte[ushort.MaxValue];
        if (!RdataText.TryParse(type, line, words.ToArray().AsSpan(4), default, rdata, out var length, out _))
            return false;
        record = new(owner, new(ttl), type, new(rdata.AsSpan(0, length)));
        return true;
    }

    private static Range Place(MasterToken word) => word.Start..(word.Start + word.Length);

    private static List<MasterToken> Split(ReadOnlySpan<byte> line)
    {
        var words = new List<MasterToken>();
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == ' ')
                continue;
            var quoted = line[at] == '"';
            var start = quoted ? ++at : at;
            var end = quoted ? (byte)'"' : (byte)' ';
            for (; at < line.Length && line[at] != end; at++)
            {
                if (line[at] == '\\')
                    at++;
            }
            words.Add(new(start, Math.Min(at, line.Length) - start, quoted));
        }
        return words;
    }
}
