using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Riad.Dns.Names;

namespace Riad.Dns.Dnssec;

/// <summary>The hash of a name, as NSEC3 records are owned by it: SHA-1, salted and repeated.</summary>
/// <remarks>Source: RFC 5155 §5. Allocates nothing.</remarks>
internal static class Nsec3Hash
{
    /// <summary>Octets of a hash.</summary>
    public const int Length = 20;

    /// <summary>Octets of a label that holds a hash: the length octet and 32 digits.</summary>
    public const int LabelLength = 33;

    private const byte DigitCount = 32;

    /// <summary>True when labels below an apex are one label that may be a hash.</summary>
    public static bool IsLabel(ReadOnlySpan<byte> relativeName) => relativeName.Length == LabelLength && relativeName[0] == DigitCount;

    /// <summary>True for the types that make no name of a hash: NSEC3 and its signatures.</summary>
    /// <remarks>Source: RFC 5155 §7.2.8.</remarks>
    public static bool MayStandAtHash(ushort type) => type is 46 or 50;

    /// <summary>Hashes a name and writes it as the label that owns its NSEC3 record: Base32 with the extended hex alphabet, in lower case.</summary>
    /// <param name="name">Absolute and uncompressed, in lower case.</param>
    /// <param name="parameters">Salt and repetitions.</param>
    /// <param name="label">Receives <see cref="LabelLength"/> octets.</param>
    /// <remarks>The digits sort as the hashes do (RFC 4648 §7), so the order of the records is that of their owners.</remarks>
    public static void WriteLabel(ReadOnlySpan<byte> name, Nsec3Parameters parameters, Span<byte> label)
    {
        Span<byte> hash = stackalloc byte[Length];
        Compute(name, parameters, hash);
        label[0] = DigitCount;
        var (bits, count, at) = (0, 0, 1);
        foreach (var octet in hash)
        {
            bits = (bits << 8 | octet) & 0xfff;
            for (count += 8; count >= 5; count -= 5)
                label[at++] = "0123456789abcdefghijklmnopqrstuv"u8[bits >> (count - 5) & 31];
        }
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "the only hash that RFC 5155 defines; it hides names, it signs nothing")]
    private static void Compute(ReadOnlySpan<byte> name, Nsec3Parameters parameters, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[NameOctets.MaxLength + byte.MaxValue];
        var salt = parameters.Salt.Span;
        name.CopyTo(input);
        salt.CopyTo(input[name.Length..]);
        SHA1.HashData(input[..(name.Length + salt.Length)], hash);
        salt.CopyTo(input[Length..]);
        for (var repetition = 0; repetition < parameters.Iterations; repetition++)
        {
            hash.CopyTo(input);
            SHA1.HashData(input[..(Length + salt.Length)], hash);
        }
    }
}
