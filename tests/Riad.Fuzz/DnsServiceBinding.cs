using System.Text;
using Riad.Core;
using Riad.Dns.Records;

namespace Riad.Fuzz;

/// <summary>SVCB data as octets: valid data survives its value and can be printed; decompression and validation agree.</summary>
internal sealed class DnsServiceBinding : IFuzzTarget
{
    private readonly byte[] output = new byte[RdataWire.MaxLength];

    public string Name => "dns-service-binding";

    public IEnumerable<byte[]> Seeds =>
    [
        Convert.FromHexString("001003666f6f076578616d706c65036f7267000000000400010004000100090268320568332d313900040004c0000201"),
        Convert.FromHexString("001003666f6f076578616d706c65036f7267000001000c08665c6f6f2c626172026832"),
        Convert.FromHexString("0001000001000302683300020000000300020035000500030102030006001020010db8000000000000000000000001000700072f717b3f646e737d029b000568656c6c6f"),
        Convert.FromHexString("00000161000003000200 35".Replace(" ", "", StringComparison.Ordinal)),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var good = RdataWire.TryValidate(RrTypes.Svcb, octets, out var error);
        var reader = new WireReader(octets);
        if (good != RdataWire.TryDecompress(RrTypes.Svcb, ref reader, output, out var length))
            throw new InvalidOperationException($"validation and decompression disagree: {error} {reader.Error}");
        if (!good)
            return;
        if (!octets.SequenceEqual(output.AsSpan(0, length)) || !octets.SequenceEqual(RrTypes.Svcb.Codec.ToOctets(RrTypes.Svcb.Codec.FromOctets(octets)).Span))
            throw new InvalidOperationException("valid data does not survive");
        RdataText.Print(RrTypes.Svcb, octets, new StringBuilder());
    }
}
