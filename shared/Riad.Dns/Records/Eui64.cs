namespace Riad.Dns.Records;

/// <summary>An EUI-64 address.</summary>
/// <param name="Value">64 bits, the first octet most significant.</param>
/// <remarks>Source: RFC 7043 §4.</remarks>
public readonly record struct Eui64(ulong Value)
{
    internal static readonly RdataShape Shape = new(RdataField.Eui64);

    internal static readonly RdataCodec<Eui64> Codec = new(
        static (ref reader) => new(reader.ReadUInt64()), static (address, ref writer) => writer.WriteUInt64(address.Value));
}
