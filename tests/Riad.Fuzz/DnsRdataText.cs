using System.Text;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tests.Records;

namespace Riad.Fuzz;

/// <summary>Record data as text: what is read is valid, and its printed form reads back to the same octets.</summary>
/// <remarks>The first octet chooses the type; the rest is cut into words at spaces, quotes as a master file has them.</remarks>
internal sealed class DnsRdataText : IFuzzTarget
{
    private static readonly string[] Examples =
    [
        "192.0.2.1", "ns1.example.", "@", "10 mail", "a. b. 1 1h 15m 1w 5", "\"a\\\"b\" c\\032d \"\"", "2001:db8::192.0.2.1", "52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
        "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:a@b!\" .", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "A 5 3 86400 20030322173103 20030220173103 2642 example. AQID",
        "host.example. A MX TYPE1234", "1 1 12 AABBCCDD 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S A", "257 3 13 AQIDBA==", "1 . alpn=\"h2,f\\\\\\\\oo\\\\,bar\" port=53 mandatory=alpn,port ipv4hint=192.0.2.1",
        "16 a. ipv6hint=::1 ech=AQID dohpath=/q{?dns} key667=\"x\\210y\" ohttp", "128 issue \"ca.example; x=y\"", "00-00-5e-00-53-2a", "PGP 0 0 AQID", "\\# 3 0102 03",
    ];

    private readonly byte[] rdata = new byte[RdataWire.MaxLength];

    public string Name => "dns-rdata-text";

    public IEnumerable<byte[]> Seeds =>
        from example in Examples
        from type in Enumerable.Range(0, RrTypes.Known.Count)
        select (byte[])[(byte)type, .. Encoding.ASCII.GetBytes(example)];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
            return;
        var type = RrTypes.Known[octets[0] % RrTypes.Known.Count];
        var text = octets[1..];
        var tokens = RecordText.Tokens(text);
        if (!RdataText.TryParse(type, text, tokens, DomainName.Root.Wire, rdata, out var length, out var error))
        {
            var found = error.Token < tokens.Length ? text.Slice(tokens[error.Token].Start, tokens[error.Token].Length) : default;
            if (error.Fault is RdataFault.None || error.Token < 0 || error.Token > tokens.Length || error.Describe(found).Length == 0)
                throw new InvalidOperationException($"no error in its place: {error}");
            return;
        }
        CheckPrinted(type, rdata[..length]);
    }

    private void CheckPrinted(RrType type, byte[] read)
    {
        if (!RdataWire.TryValidate(type, read, out var fault))
            throw new InvalidOperationException($"what was read is not valid: {fault}");
        var output = new StringBuilder();
        RdataText.Print(type, read, output);
        var printed = Encoding.UTF8.GetBytes(output.ToString());
        if (!RdataText.TryParse(type, printed, RecordText.Tokens(printed), default, rdata, out var length, out var error) || !read.AsSpan().SequenceEqual(rdata.AsSpan(0, length)))
            throw new InvalidOperationException($"{output} does not read back: {error}");
    }
}
