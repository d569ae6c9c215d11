using System.Text;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones.Checks;

namespace Riad.Fuzz;

/// <summary>A master file, a zero octet, and which of its records go: an edit that reads only parts gives the text that an edit of the whole gives.</summary>
internal sealed class MasterPlacesTarget : IFuzzTarget
{
    private const string Own = "example.org";
    private const int Interval = 40;
    private const int MostRecords = 500;

    private const string Zone =
        "$TTL 300\n@ SOA ns hostmaster 1 7200 3600 1209600 300\n@ NS ns\nns A 192.0.2.1\nmail 60 A 192.0.2.3\n@ MX 10 mail\n$ORIGIN deep.example.org.\na TXT \"one; two\"\n TXT ( \"more\"\n  \"words\" )\n"
        + "$ORIGIN example.org.\nalias CNAME mail\n; comment\nc.d.e A 192.0.2.6\n$GENERATE 1-2 g$ A 192.0.2.$\nx1 A 192.0.2.7\nx2 A 192.0.2.7\n  AAAA 2001:db8::1\nlast TXT \"end\"\n";

    public string Name => "master-places";

    public IEnumerable<byte[]> Seeds =>
    [
        Seed(Zone, 4, 7, 11),
        Seed(Zone, 12, 12, 12),
        Seed("@ 60 SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nx 70 A 192.0.2.2\n  TXT y\nz A 192.0.2.3\n", 3, 4, 2),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var end = octets.IndexOf((byte)0);
        if (end < 0 || !DomainName.TryParseAbsolute(Own, out var apex))
            return;
        var files = new OneFile(octets[..end].ToArray());
        foreach (var choice in octets[(end + 1)..Math.Min(octets.Length, end + 6)])
        {
            if (!ZoneReader.TryRead(Own, files.Text, apex, NoIncludes.Instance, ZoneReadOptions.Default, out var zone, out _) || MasterPlaces.Read(Own, zone.Zone, files, Interval) is not { } places)
                return;
            if (!WrittenRecords.TryRead(Own, files.Text, apex, null, out var records, out _) || records.Length is 0 or > MostRecords)
                return;
            var victim = records[choice % records.Length];
            List<MasterChange> changes = [new MasterChange.Remove(victim.Owner, victim.Type, victim.Data), new MasterChange.Add(apex, RrTypes.Txt, new(choice), new([1, choice]))];
            var done = places.TryEdit(changes, MasterEditScope.OwnFile, files, out var edits);
            if (!MasterFileEditor.TryEdit(Own, files.Text, apex, NoIncludes.Instance, changes, out var whole, out _))
            {
                if (done)
                    throw new InvalidOperationException("an edit by parts makes what cannot be made");
                return;
            }
            if (done && !WithBlanks(Apply(files.Text, edits[0])).SequenceEqual(WithBlanks(whole)))
                throw new InvalidOperationException("an edit by parts gives another text than an edit of the whole");
            files.Text = whole;
        }
    }

    private static byte[] Apply(byte[] text, TextEdit edit)
    {
        var result = text.ToList();
        foreach (var splice in edit.Splices.Reverse())
        {
            result.RemoveRange(splice.Start, splice.End - splice.Start);
            result.InsertRange(splice.Start, splice.Text.Span.ToArray());
        }
        return [.. result];
    }

    /// <summary>Whether a new line has tabs or blanks may depend on a line that the edit itself has written anew.</summary>
    private static IEnumerable<byte> WithBlanks(byte[] text) => text.Select(octet => octet == '\t' ? (byte)' ' : octet);

    private static byte[] Seed(string text, params byte[] choices) => [.. Encoding.ASCII.GetBytes(text), 0, .. choices];

    private sealed class OneFile(byte[] text) : IIncludes
    {
        public byte[] Text { get; set; } = text;

        public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
        {
            text = Text;
            refusal = path == Own ? IncludeRefusal.None : IncludeRefusal.Missing;
            return path == Own;
        }
    }
}
