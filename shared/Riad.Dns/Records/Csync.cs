using Riad.Core;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>What the zone above may take over from this one.</summary>
/// <param name="Serial">Of the zone that asks.</param>
/// <param name="Flags">Bit 15 (1) immediate, bit 14 (2) only from this serial on.</param>
/// <param name="Types">Numbers of types to be taken over, ascending.</param>
/// <remarks>
/// <code>
/// SOA Serial   32 bits
/// Flags        16 bits
/// Type Bit Map to the end
/// </code>
/// Source: RFC 7477 §2.1.
/// </remarks>
public sealed record Csync(uint Serial, ushort Flags, Seq<ushort> Types)
{
    internal static readonly RdataShape Shape = new(RdataField.Number32, RdataField.Number16, RdataField.OptionalTypeBitmap);

    internal static readonly RdataCodec<Csync> Codec = new(Read, static (csync, ref writer) => csync.Write(ref writer));

    private static Csync Read(ref WireReader reader) => new(reader.ReadUInt32(), reader.ReadUInt16(), TypeBitmapField.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt32(Serial);
        writer.WriteUInt16(Flags);
        TypeBitmapField.Write(Types.AsSpan(), ref writer);
    }
}
