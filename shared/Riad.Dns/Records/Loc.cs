using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>A place on Earth, version 0.</summary>
/// <param name="Size">Diameter of the sphere around what is described: a digit (upper half) times ten to a power (lower half), in centimetres.</param>
/// <param name="HorizontalPrecision">Diameter of the circle of error, written as <paramref name="Size"/> is.</param>
/// <param name="VerticalPrecision">Written as <paramref name="Size"/> is.</param>
/// <param name="Latitude">Thousandths of a second of arc; 2³¹ is the equator, more is north.</param>
/// <param name="Longitude">Thousandths of a second of arc; 2³¹ is the prime meridian, more is east.</param>
/// <param name="Altitude">Centimetres above a base 100,000 m below the WGS 84 spheroid.</param>
/// <remarks>
/// <code>
/// VERSION       8 bits, 0
/// SIZE          8 bits
/// HORIZ PRE     8 bits
/// VERT PRE      8 bits
/// LATITUDE     32 bits
/// LONGITUDE    32 bits
/// ALTITUDE     32 bits
/// </code>
/// Source: RFC 1876 §2.
/// </remarks>
public sealed record Loc(byte Size, byte HorizontalPrecision, byte VerticalPrecision, uint Latitude, uint Longitude, uint Altitude)
{
    internal static readonly RdataShape Shape = new(RdataField.Location);

    internal static readonly RdataCodec<Loc> Codec = new(Read, static (loc, ref writer) => loc.Write(ref writer));

    private static Loc Read(ref WireReader reader)
    {
        reader.ReadByte();
        return new(reader.ReadByte(), reader.ReadByte(), reader.ReadByte(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
    }

    private void Write(ref WireWriter writer)
    {
        foreach (var octet in (ReadOnlySpan<byte>)[0, Size, HorizontalPrecision, VerticalPrecision])
            writer.WriteByte(octet);
        foreach (var number in (ReadOnlySpan<uint>)[Latitude, Longitude, Altitude])
            writer.WriteUInt32(number);
    }
}
