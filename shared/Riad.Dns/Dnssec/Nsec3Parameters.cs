using System.Buffers.Binary;
using Riad.Core;

namespace Riad.Dns.Dnssec;

/// <summary>How the names of a zone are hashed.</summary>
/// <param name="Iterations">Repetitions beyond the first hash: at most <see cref="MaxIterations"/>.</param>
/// <param name="Salt">At most 255 octets.</param>
/// <remarks>Source: RFC 5155 §3.1, §4.1.</remarks>
internal sealed record Nsec3Parameters(ushort Iterations, Octets Salt)
{
    /// <summary>The most repetitions that we compute for a question.</summary>
    /// <remarks>RFC 9276 §3.1 wants none; the limit of RFC 5155 §10.3 for the shortest keys was 150, and 500 for longer ones.</remarks>
    public const int MaxIterations = 500;

    /// <summary>The one hash algorithm: SHA-1.</summary>
    public const byte Algorithm = 1;

    private const int SaltAt = 5;

    /// <summary>Reads the start of the data of an NSEC3PARAM or NSEC3 record.</summary>
    /// <param name="rdata">Valid for the type.</param>
    /// <returns>Null when the algorithm is unknown or there are too many repetitions.</returns>
    public static Nsec3Parameters? Of(ReadOnlySpan<byte> rdata)
    {
        var iterations = IterationsOf(rdata);
        return rdata[0] == Algorithm && iterations <= MaxIterations ? new(iterations, new(SaltOf(rdata))) : null;
    }

    /// <summary>True when an NSEC3 record was made with these parameters; its flags do not matter.</summary>
    public bool AreOf(ReadOnlySpan<byte> rdata) =>
        rdata[0] == Algorithm && IterationsOf(rdata) == Iterations && SaltOf(rdata).SequenceEqual(Salt.Span);

    /// <summary>The repetitions that an NSEC3PARAM or NSEC3 record asks for.</summary>
    public static ushort IterationsOf(ReadOnlySpan<byte> rdata) => BinaryPrimitives.ReadUInt16BigEndian(rdata[2..]);

    private static ReadOnlySpan<byte> SaltOf(ReadOnlySpan<byte> rdata) => rdata.Slice(SaltAt, rdata[SaltAt - 1]);
}
