using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>An EUI-48 address, as Ethernet interfaces have.</summary>
/// <param name="Value">48 bits, the first octet most significant; the upper 16 bits are zero.</param>
/// <remarks>Source: RFC 7043 §3.</remarks>
public readonly record struct Eui48(ulong Value)
{
    internal static readonly RdataShape Shape = new(RdataField.Eui48);

    internal static readonly RdataCodec<Eui48> Codec = new(
        static (ref reader) => new((ulong)reader.ReadUInt16() << 32 | reader.ReadUInt32()), static (address, ref writer) => address.Write(ref writer));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16((ushort)(Value >> 32));
        writer.WriteUInt32((uint)Value);
    }
}
