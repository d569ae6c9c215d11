using System.Buffers.Binary;
using System.Numerics;

namespace Riad.Core;

/// <summary>SipHash-2-4: a keyed hash that an outsider cannot steer. .NET has none in its public surface.</summary>
/// <remarks>
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF"; used by DNS cookies (RFC 9018 §4.4).
/// The default has an all-zero key: good for tests only.
/// </remarks>
public readonly record struct SipHash
{
    private readonly ulong key0;
    private readonly ulong key1;

    /// <summary>Takes the 16 octets of the key.</summary>
    /// <exception cref="ArgumentException">The key is not 16 octets long.</exception>
    public SipHash(ReadOnlySpan<byte> key)
    {
        if (key.Length != 16)
            throw new ArgumentException("a SipHash key has 16 octets", nameof(key));
        key0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        key1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
    }

    /// <summary>The hash of <paramref name="input"/>; its octets in the paper's order are those of the number, least significant first.</summary>
    public ulong Hash(ReadOnlySpan<byte> input)
    {
        var v0 = key0 ^ 0x736f6d6570736575UL;
        var v1 = key1 ^ 0x646f72616e646f6dUL;
        var v2 = key0 ^ 0x6c7967656e657261UL;
        var v3 = key1 ^ 0x7465646279746573UL;

        var last = (ulong)input.Length << 56;
        while (input.Length >= 8)
        {
            Compress(BinaryPrimitives.ReadUInt64LittleEndian(input), ref v0, ref v1, ref v2, ref v3);
            input = input[8..];
        }
        for (var i = 0; i < input.Length; i++)
            last |= (ulong)input[i] << (8 * i);
        Compress(last, ref v0, ref v1, ref v2, ref v3);

        v2 ^= 0xff;
        for (var i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Compress(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        unchecked
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
