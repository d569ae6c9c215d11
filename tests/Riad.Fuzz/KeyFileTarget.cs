using Riad.Dns.Names;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig.Keys;

namespace Riad.Fuzz;

/// <summary>Files of keys in their forms, and policy files: every fault lies inside the text, and what is read can be used.</summary>
internal sealed class KeyFileTarget : IFuzzTarget
{
    public string Name => "key-file";

    public IEnumerable<byte[]> Seeds =>
    [
        "a:hmac-sha256:MDEyMzQ1Njc4OWFiY2RlZg==\nkey \"b\" { algorithm hmac-sha384; secret \"MDE=\"; }; # x\n/* y */ c:163:MDE="u8.ToArray(),
        "$ORIGIN example.org.\nclient._update. 60 IN DNSKEY 0 3 163 ( MDEy\n MzQ1 )\n b DNSKEY 0 3 165 MDE="u8.ToArray(),
        "key laptop may update names under a.example.org types A TXT\naddress 192.0.2.0/24 may transfer every zone\nkey b may nothing"u8.ToArray(),
        "192.0.2.1.2001-db8--1._transfer.example.org"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var lines = octets.Count((byte)'\n') + 1;
        if (!KeyFileReader.TryRead("f", octets, allowSha1: true, out _, out var errors) && errors.Any(error => error.At.Line < 1 || error.At.Line > lines || error.At.Column < 1 || error.ToString().Length == 0))
            throw new InvalidOperationException("a fault without a place");
        var records = KeyRecordFile.Read("f", octets, DomainName.Root, allowSha1: true);
        if (records.Errors.Any(error => error.At.Line > lines) || KeyRing.Combine(Dns.Tsig.TsigKeys.None, [records]).Keys.Count != records.Keys.Count)
            throw new InvalidOperationException("keys are lost");
        if (PolicyReader.TryRead("f", octets, out var policy, out var faults) == (faults.Count > 0) || (policy is null && faults.Any(error => error.At.Line > lines)))
            throw new InvalidOperationException("no policy, or a fault without a place");
        if (DomainName.TryParse(octets, DomainName.Root, out var name, out _))
            KeyNameRole.TryRead(name, out _);
    }
}
