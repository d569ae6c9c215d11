using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Journals;

/// <summary>The account of a zone as text: a word and its value on each line, in fixed order.</summary>
/// <remarks>
/// <code>
/// zone example.org.
/// state served
/// serial 2026112002
/// written 2026112001
/// commit 1f0c…
/// source 9ae3… example.org
/// </code>
/// </remarks>
internal static class JournalZoneText
{
    public static byte[] Print(JournalZone zone)
    {
        var (state, sources) = zone switch
        {
            JournalZone.Served served => ("served", served.Sources),
            JournalZone.Removed => ("removed", default(Seq<SourceFile>)),
            _ => throw new UnreachableException(),
        };
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"zone {zone.Apex}\nstate {state}\nserial {zone.Last.Served}\nwritten {zone.Last.Written}\ncommit {zone.Commit}\n");
        foreach (var source in sources)
            text.Append(CultureInfo.InvariantCulture, $"source {source.Blob} {source.Path}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static bool TryParse(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out JournalZone? zone)
    {
        zone = null;
        var lines = Encoding.UTF8.GetString(octets).Split('\n');
        if (lines.Length < 6 || lines[^1].Length != 0
            || !TryTake(lines[0], "zone ", out var name) || !DomainName.TryParseAbsolute(name, out var apex)
            || !TryTake(lines[1], "state ", out var state) || state is not ("served" or "removed")
            || !TryTake(lines[2], "serial ", out var served) || !TryParseSerial(served, out var servedSerial)
            || !TryTake(lines[3], "written ", out var written) || !TryParseSerial(written, out var writtenSerial)
            || !TryTake(lines[4], "commit ", out var commitText) || !ObjectId.TryParse(commitText, out var commit))
        {
            return false;
        }
        var sources = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (var line in lines[5..^1])
        {
            if (!TryTake(line, "source ", out var source) || source.Length < ObjectId.HexLength + 2 || source[ObjectId.HexLength] != ' ' || !ObjectId.TryParse(source.AsSpan(0, ObjectId.HexLength), out var blob))
                return false;
            sources.Add(new(source[(ObjectId.HexLength + 1)..], blob));
        }
        if (sources.Count > 0 != (state == "served"))
            return false;
        var last = new LastSerial(servedSerial, writtenSerial);
        zone = sources.Count > 0 ? new JournalZone.Served(apex, last, commit, sources.ToSeq()) : new JournalZone.Removed(apex, last, commit);
        return true;
    }

    internal static bool TryTake(string line, string word, out string value)
    {
        var found = line.StartsWith(word, StringComparison.Ordinal);
        value = found ? line[word.Length..] : "";
        return found;
    }

    internal static bool TryParseSerial(string text, out Serial serial)
    {
        var good = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        serial = new(value);
        return good;
    }
}
