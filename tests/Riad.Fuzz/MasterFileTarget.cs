using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Zones.Checks;

namespace Riad.Fuzz;

/// <summary>Master files: reading ends, tells its faults without control characters, and checks the zone.</summary>
internal sealed class MasterFileTarget : IFuzzTarget
{
    internal const string Zone =
        """
        $TTL 1h
        @ IN SOA ns1 hostmaster ( 2026112001 ; serial
            2h 1h 2w 300 )
          NS ns1
        ns1 A 192.0.2.1
          AAAA 2001:db8::1
        $ORIGIN sub.example.org.
        a 60 IN MX 10 mail.example.org.
        b TXT "x;(\"y" z\ w \065
        c HTTPS 1 . alpn="h2,h3" port=8443
        d CAA 0 issue "ca.example"
        e TYPE65280 \# 3 010203
        f CNAME @
        $INCLUDE parts/hosts x
        $GENERATE 1-20/2 h${0,3,x} A 192.0.2.$
        * SRV 0 0 0 .

        """;

    public string Name => "master-file";

    public IEnumerable<byte[]> Seeds =>
    [
        Encoding.ASCII.GetBytes(Zone),
        Encoding.ASCII.GetBytes(Zone.Replace("\n", "\r\n", StringComparison.Ordinal)),
        Encoding.UTF8.GetBytes("\ufeff@ 60 SOA . . 1 2 3 4 5\n@ 60 NS bücher.example.\n"),
        Encoding.ASCII.GetBytes("@ SOA . . 1 2 3 4 5\n NS .\nx.example.com. A 192.0.2.1\nw DNAME a.\nx.w A 192.0.2.1\nd NS d\nd DS 1 13 2 00\n"),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!DomainName.TryParseAbsolute("example.org", out var apex))
            return;
        var good = ZoneReader.TryRead("example.org", octets, apex, new SameFile(octets.ToArray()), ZoneReadOptions.Default, out var zone, out var errors);
        if (good == (errors.Count > 0) || errors.Count > 40)
            throw new InvalidOperationException("a bad zone has 1 to 40 faults, a good one none");
        foreach (var error in good ? zone!.Warnings : errors)
        {
            if (error.Sentence.Any(char.IsControl) || error.At is not { Line: > 0, Column: > 0 })
                throw new InvalidOperationException($"not fit to be shown: {error.Fault}");
        }
    }

    /// <summary>Every include is the file itself, which may not include itself under one path but may under another.</summary>
    private sealed class SameFile(byte[] file) : IIncludes
    {
        public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
        {
            (text, refusal) = (file, IncludeRefusal.None);
            return true;
        }
    }
}
