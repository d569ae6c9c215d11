using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.ZoneRepository.Differences;

namespace Riad.ZoneRepository.Journals;

/// <summary>A change as text: three lines that say what it is, then the records of a listed difference.</summary>
/// <remarks>
/// <code>
/// zone example.org.
/// changed 2026112001 2026112002
/// records 1
/// -example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 2026112001 …
/// -www.example.org. 3600 IN A 192.0.2.1
/// +example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 2026112002 …
/// +www.example.org. 3600 IN A 192.0.2.2
/// </code>
/// The other second lines are <c>created SERIAL</c>, <c>replaced OLD NEW</c> and <c>removed OLD</c>.
/// </remarks>
public static class ZoneChangeText
{
    private const int HeaderLines = 3;

    /// <summary>The text of a change.</summary>
    public static byte[] Print(ZoneChange change)
    {
        var (what, records, lines) = change switch
        {
            ZoneChange.Created created => ($"created {created.Serial}", created.Records, []),
            ZoneChange.Changed { Difference: var difference } => ($"changed {difference.OldSerial} {difference.NewSerial}", difference.ChangedRecords, difference.ToLines()),
            ZoneChange.Replaced replaced => ($"replaced {replaced.OldSerial} {replaced.NewSerial}", replaced.Records, []),
            ZoneChange.Removed removed => ($"removed {removed.OldSerial}", 0, []),
            _ => throw new UnreachableException(),
        };
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"zone {change.Apex}\n{what}\nrecords {records}\n");
        foreach (var line in lines)
            text.Append(line).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads the text of a change.</summary>
    /// <param name="octets">Anything.</param>
    /// <param name="change">Null on failure.</param>
    public static bool TryParse(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out ZoneChange? change)
    {
        change = null;
        var header = new string[HeaderLines];
        for (var index = 0; index < HeaderLines; index++)
        {
            if (!TryTakeLine(ref octets, out var line))
                return false;
            header[index] = Encoding.UTF8.GetString(line);
        }
        if (!JournalZoneText.TryTake(header[0], "zone ", out var name) || !DomainName.TryParseAbsolute(name, out var apex)
            || !JournalZoneText.TryTake(header[2], "records ", out var count) || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var records))
        {
            return false;
        }
        change = header[1].Split(' ') switch
        {
            ["created", var serial] when octets.IsEmpty && JournalZoneText.TryParseSerial(serial, out var created) => new ZoneChange.Created(apex, created, records),
            ["removed", var serial] when octets.IsEmpty && JournalZoneText.TryParseSerial(serial, out var removed) => new ZoneChange.Removed(apex, removed),
            ["replaced", var from, var to] when octets.IsEmpty && JournalZoneText.TryParseSerial(from, out var old) && JournalZoneText.TryParseSerial(to, out var next) =>
                new ZoneChange.Replaced(apex, old, next, records),
            ["changed", _, _] when TryParseDifference(octets, records, out var difference) && difference.Apex == apex => new ZoneChange.Changed(difference),
            _ => null,
        };
        return change is not null;
    }

    private static bool TryParseDifference(ReadOnlySpan<byte> octets, long records, [NotNullWhen(true)] out ZoneDifference? difference)
    {
        difference = null;
        var removed = ImmutableArray.CreateBuilder<ZoneRecord>();
        var added = ImmutableArray.CreateBuilder<ZoneRecord>();
        while (!octets.IsEmpty)
        {
            if (!TryTakeLine(ref octets, out var line) || line is not [(byte)'-' or (byte)'+', ..] || !ZoneRecordText.TryParse(line[1..], out var record))
                return false;
            (line[0] == '-' ? removed : added).Add(record);
        }
        if (removed.Count == 0 || added.Count == 0 || removed[0].Type != RrTypes.Soa || added[0].Type != RrTypes.Soa)
            return false;
        difference = new(removed[0], added[0], [.. removed.Skip(1)], [.. added.Skip(1)], records, isListed: true);
        return true;
    }

    private static bool TryTakeLine(ref ReadOnlySpan<byte> octets, out ReadOnlySpan<byte> line)
    {
        line = default;
        var length = octets.IndexOf((byte)'\n');
        if (length < 0)
            return false;
        line = octets[..length];
        octets = octets[(length + 1)..];
        return true;
    }
}
