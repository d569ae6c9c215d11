using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Records;

namespace Riad.ZoneRepository.Differences;

/// <summary>The serial inside the octets of a valid, uncompressed SOA record.</summary>
/// <remarks>Source: RFC 1035 §3.3.13: two names, then the serial and four periods, four octets each.</remarks>
internal static class SoaOctets
{
    private const int OctetsFromSerial = 20;

    public static Serial ReadSerial(ReadOnlySpan<byte> rdata) => new(BinaryPrimitives.ReadUInt32BigEndian(rdata[^OctetsFromSerial..]));

    public static Octets WithSerial(Octets rdata, Serial serial)
    {
        var octets = rdata.Span.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan()[^OctetsFromSerial..], serial.Value);
        return new(octets);
    }

    /// <summary>True when two SOA records differ at most in their serials.</summary>
    public static bool AreEqualButForSerial(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length == right.Length
        && left[..^OctetsFromSerial].SequenceEqual(right[..^OctetsFromSerial])
        && left[^(OctetsFromSerial - 4)..].SequenceEqual(right[^(OctetsFromSerial - 4)..]);
}
