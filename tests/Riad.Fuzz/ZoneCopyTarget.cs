using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.ZoneRepository.Copies;

namespace Riad.Fuzz;

/// <summary>What a secondary kept of zones: accounts, contacts, differences and whole versions.</summary>
internal sealed class ZoneCopyTarget : IFuzzTarget
{
    private static readonly DomainName Apex = DomainName.TryParseAbsolute("a", out var name) ? name : throw new InvalidOperationException("the name is good");

    public string Name => "zone-copy";

    public IEnumerable<byte[]> Seeds =>
    [
        "zone a.\nbecause entry 6162 of c.test.\nserial 7\nprimary 192.0.2.1:53\ncontact 2026-11-21T16:11:17Z\nexpires 2026-12-05T16:11:17Z\n"u8.ToArray(),
        "riad contacts 1\na. 7 2026-11-21T16:11:17Z 2026-12-05T16:11:17Z\n"u8.ToArray(),
        "zone a.\nchanged 1 2\nrecords 1\n-a. 60 IN SOA a. b. 1 2 3 4 5\n-a. 60 IN A 192.0.2.1\n+a. 60 IN SOA a. b. 2 2 3 4 5\n+a. 60 IN TXT \"x y\" z\n"u8.ToArray(),
        "a. 60 IN SOA a. b. 1 2 3 4 5\na. 60 IN NS ns.a.\nns.a. 60 IN A 192.0.2.1\n*.a. 5 IN TXT \"x\\\"y\"\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (CopyAccountText.TryParse(octets, out var account) && !CopyAccountText.TryParse(CopyAccountText.Print(account), out _))
            throw new InvalidOperationException("an account does not read back");
        if (ContactBook.TryParse(octets, out var contacts, out _) && !ContactBook.TryParse(ContactBook.Print(contacts.Values), out _, out _))
            throw new InvalidOperationException("contacts do not read back");
        if (StepText.TryParse(octets, out var step) && !StepText.TryParse(StepText.Print(step), out _))
            throw new InvalidOperationException("a step does not read back");
        if (WholeZoneText.TryRead("zone", octets, Apex, out var zone, out _) && !(WholeZoneText.TryPrint(zone, out var text) && WholeZoneText.TryRead("zone", text.Span, Apex, out var back, out _) && back.RecordCount == zone.RecordCount))
            throw new InvalidOperationException("a zone does not read back");
    }
}
