using System.Globalization;
using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>A place on Earth: latitude, longitude, altitude, size and precisions.</summary>
/// <remarks>Source: RFC 1876 §2 and §3.</remarks>
internal static class LocationField
{
    private const uint Middle = 0x8000_0000; // the equator, or the prime meridian
    private const uint DegreesInThousandthsOfSeconds = 60 * 60 * 1000;
    private const int Latitudes = 90;
    private const int Longitudes = 180;
    private const long AltitudeBase = 100_000_00; // centimetres below the reference spheroid
    private const long MaxDistance = 90_000_000_00; // centimetres
    private const byte DefaultSize = 0x12; // 1 m
    private const byte DefaultHorizontal = 0x16; // 10 km
    private const byte DefaultVertical = 0x13; // 10 m

    public static void Validate(ref WireReader reader)
    {
        if (reader.ReadByte() != 0)
            reader.Fail(WireFault.Malformed);
        foreach (var power in reader.ReadOctets(3))
        {
            if (power != 0 && (power >> 4 is 0 or > 9 || (power & 15) > 9))
                reader.Fail(WireFault.Malformed);
        }
        if (!IsAngle(reader.ReadUInt32(), Latitudes) || !IsAngle(reader.ReadUInt32(), Longitudes))
            reader.Fail(WireFault.Malformed);
        reader.ReadUInt32();
    }

    public static void Parse(ref RdataTextReader reader)
    {
        var latitude = TakeAngle(ref reader, RdataFault.Latitude, Latitudes, 'N', 'S');
        var longitude = TakeAngle(ref reader, RdataFault.Longitude, Longitudes, 'E', 'W');
        var altitude = TakeAltitude(ref reader);
        reader.Output.WriteByte(0); // the version
        foreach (var standard in (ReadOnlySpan<byte>)[DefaultSize, DefaultHorizontal, DefaultVertical])
            reader.Output.WriteByte(reader.AtEnd ? standard : TakeDistance(ref reader));
        foreach (var number in (ReadOnlySpan<uint>)[latitude, longitude, altitude])
            reader.Output.WriteUInt32(number);
    }

    public static void Print(ref WireReader reader, StringBuilder output)
    {
        reader.ReadByte();
        var powers = reader.ReadOctets(3);
        PrintAngle(reader.ReadUInt32(), 'N', 'S', output);
        PrintAngle(reader.ReadUInt32(), 'E', 'W', output);
        PrintMetres(reader.ReadUInt32() - AltitudeBase, output);
        foreach (var power in powers)
            PrintMetres(DistanceOf(power), output.Append(' '));
    }

    /// <summary>Centimetres of a digit and a power of ten.</summary>
    public static long DistanceOf(byte power)
    {
        long value = power >> 4;
        for (var i = power & 15; i > 0; i--)
            value *= 10;
        return value;
    }

    private static bool IsAngle(uint angle, uint degrees) => (angle > Middle ? angle - Middle : Middle - angle) <= degrees * DegreesInThousandthsOfSeconds;

    private static uint TakeAngle(ref RdataTextReader reader, RdataFault expected, uint degrees, char positive, char negative)
    {
        ReadOnlySpan<long> limits = [degrees * 1000, 59_999, 59_999];
        ReadOnlySpan<uint> weights = [60 * 60, 60, 1];
        long angle = 0;
        for (var part = 0; part < 4; part++)
        {
            var word = reader.Take(expected);
            if (part > 0 && word is [var letter] && (char)(letter & ~0x20) is var side && (side == positive || side == negative))
            {
                if (angle > degrees * (long)DegreesInThousandthsOfSeconds)
                    reader.Fail(expected);
                return (uint)(side == positive ? Middle + angle : Middle - angle);
            }
            if (part == 3 || !Decimals.TryParse(word, part == 2 ? 3 : 0, 3, out var value) || value > limits[part])
                reader.Fail(expected);
            else
                angle += value * weights[part];
        }
        return 0;
    }

    private static uint TakeAltitude(ref RdataTextReader reader)
    {
        var word = WithoutUnit(reader.Take(RdataFault.Altitude));
        var below = word is [(byte)'-', ..];
        if (!Decimals.TryParse(below ? word[1..] : word, 2, 2, out var value))
            reader.Fail(RdataFault.Altitude);
        var altitude = AltitudeBase + (below ? -value : value);
        if (altitude is < 0 or > uint.MaxValue)
            reader.Fail(RdataFault.Altitude);
        return (uint)altitude;
    }

    private static byte TakeDistance(ref RdataTextReader reader)
    {
        if (!Decimals.TryParse(WithoutUnit(reader.Take(RdataFault.Distance)), 2, 2, out var value) || value > MaxDistance)
            reader.Fail(RdataFault.Distance);
        var exponent = 0;
        for (; value > 9; value /= 10) // one digit is kept, as the RFC's own program does
            exponent++;
        return (byte)(value << 4 | (uint)exponent);
    }

    private static ReadOnlySpan<byte> WithoutUnit(ReadOnlySpan<byte> word) => word is [.. var number, (byte)'m' or (byte)'M'] ? number : word;

    private static void PrintAngle(uint angle, char positive, char negative, StringBuilder output)
    {
        var value = angle >= Middle ? angle - Middle : Middle - angle;
        var (seconds, thousandths) = (value / 1000, value % 1000);
        output.Append(CultureInfo.InvariantCulture, $"{seconds / 3600} {seconds / 60 % 60} {seconds % 60}.{thousandths:D3} {(angle >= Middle ? positive : negative)} ");
    }

    private static void PrintMetres(long centimetres, StringBuilder output)
    {
        var value = Math.Abs(centimetres);
        output.Append(CultureInfo.InvariantCulture, $"{(centimetres < 0 ? "-" : "")}{value / 100}.{value % 100:D2}m");
    }
}
