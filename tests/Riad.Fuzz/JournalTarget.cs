using System.Text;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.Fuzz;

/// <summary>The journal's accounts of changes and of zones, and the search for an SOA record in any text.</summary>
internal sealed class JournalTarget : IFuzzTarget
{
    public string Name => "journal";

    public IEnumerable<byte[]> Seeds =>
    [
        "zone a.\ncreated 1\nrecords 3\n"u8.ToArray(),
        "zone a.\nchanged 1 2\nrecords 1\n-a. 60 IN SOA a. b. 1 2 3 4 5\n-a. 60 IN A 192.0.2.1\n+a. 60 IN SOA a. b. 2 2 3 4 5\n+a. 60 IN TXT \"x y\" z\n"u8.ToArray(),
        "zone a.\nstate served\nserial 2\nwritten 1\ncommit 1f0c4d6a7b8e9f00112233445566778899aabbcc\nsource 1f0c4d6a7b8e9f00112233445566778899aabbcc a.zone\n"u8.ToArray(),
        "; zone\n$TTL 1h\n@ IN SOA a b ( 7 ; serial\n 1 1 1 1 )\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (ZoneChangeText.TryParse(octets, out var change) && !ZoneChangeText.TryParse(ZoneChangeText.Print(change), out _))
            throw new InvalidOperationException("what is printed does not read back");
        if (JournalZoneText.TryParse(octets, out var zone) && !JournalZoneText.TryParse(JournalZoneText.Print(zone), out _))
            throw new InvalidOperationException("what is printed does not read back");
        if (SoaScan.TryFind(octets, out var line, out var column) && (line < 1 || column < 1 || column > octets.Length))
            throw new InvalidOperationException("the place lies outside");
        if (ZoneFileName.TryParse(Encoding.UTF8.GetString(octets), out var apex) && !(ZoneFileName.TryParseBare(ZoneFileName.Print(apex), out var back) && back == apex))
            throw new InvalidOperationException("what is printed does not read back");
    }
}
