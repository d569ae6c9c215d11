using System.Buffers.Binary;

namespace Riad.Dns.Zones;

/// <summary>The TTL of signatures: RRSIG records of one name have different ones, each that of the set which it signs.</summary>
/// <remarks>The data repeats it as the original TTL, so it is not stored. Source: RFC 4034 §3, §3.1.4.</remarks>
internal static class SignatureTtl
{
    /// <summary>The number of RRSIG.</summary>
    public const ushort Type = 46;

    private const int OriginalTtlAt = 4;

    /// <summary>The TTL of a record.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ttl">Of its set, which counts for all other types.</param>
    /// <param name="rdata">Valid for the type.</param>
    public static uint Of(ushort type, uint ttl, ReadOnlySpan<byte> rdata) =>
        type == Type ? Math.Min(BinaryPrimitives.ReadUInt32BigEndian(rdata[OriginalTtlAt..]), int.MaxValue) : ttl;
}
