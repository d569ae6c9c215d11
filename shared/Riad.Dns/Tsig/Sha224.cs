using System.Buffers.Binary;
using System.Numerics;

namespace Riad.Dns.Tsig;

/// <summary>SHA-224, which .NET does not offer: SHA-256 with another start, cut to 28 octets.</summary>
/// <remarks>Source: FIPS 180-4 §6.2 and §6.3, RFC 3874. No step depends on the octets hashed, so it tells nothing by its time.</remarks>
internal sealed class Sha224
{
    /// <summary>Octets of a hash.</summary>
    public const int HashLength = 28;

    /// <summary>Octets taken at a time.</summary>
    public const int BlockLength = 64;

    private static readonly uint[] Start =
        [0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4];

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] state = [.. Start];
    private readonly byte[] block = new byte[BlockLength];
    private long length;

    /// <summary>Hashes these octets too.</summary>
    public void Append(ReadOnlySpan<byte> octets)
    {
        var filled = (int)(length % BlockLength);
        length += octets.Length;
        if (filled > 0)
        {
            var taken = Math.Min(BlockLength - filled, octets.Length);
            octets[..taken].CopyTo(block.AsSpan(filled));
            octets = octets[taken..];
            if (filled + taken < BlockLength)
                return;
            Mix(block);
        }
        for (; octets.Length >= BlockLength; octets = octets[BlockLength..])
            Mix(octets);
        octets.CopyTo(block);
    }

    /// <summary>Gives the hash of everything appended, and starts anew.</summary>
    /// <param name="hash">At least 28 octets.</param>
    public void Finish(Span<byte> hash)
    {
        var bits = length * 8;
        Append([0x80]);
        while (length % BlockLength != BlockLength - sizeof(long))
            Append([0]);
        Span<byte> end = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(end, bits);
        Append(end);
        for (var i = 0; i < HashLength / sizeof(uint); i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash[(i * sizeof(uint))..], state[i]);
        Start.CopyTo(state, 0);
        length = 0;
    }

    private void Mix(ReadOnlySpan<byte> octets)
    {
        Span<uint> schedule = stackalloc uint[64];
        for (var t = 0; t < 16; t++)
            schedule[t] = BinaryPrimitives.ReadUInt32BigEndian(octets[(t * sizeof(uint))..]);
        for (var t = 16; t < 64; t++)
            schedule[t] = unchecked(SmallSigma1(schedule[t - 2]) + schedule[t - 7] + SmallSigma0(schedule[t - 15]) + schedule[t - 16]);
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var t = 0; t < 64; t++)
        {
            var first = unchecked(h + BigSigma1(e) + ((e & f) ^ (~e & g)) + Constants[t] + schedule[t]);
            var second = unchecked(BigSigma0(a) + ((a & b) ^ (a & c) ^ (b & c)));
            (h, g, f, e, d, c, b, a) = (g, f, e, unchecked(d + first), c, b, a, unchecked(first + second));
        }
        ReadOnlySpan<uint> worked = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < worked.Length; i++)
            state[i] = unchecked(state[i] + worked[i]);
    }

    private static uint BigSigma0(uint x) => BitOperations.RotateRight(x, 2) ^ BitOperations.RotateRight(x, 13) ^ BitOperations.RotateRight(x, 22);

    private static uint BigSigma1(uint x) => BitOperations.RotateRight(x, 6) ^ BitOperations.RotateRight(x, 11) ^ BitOperations.RotateRight(x, 25);

    private static uint SmallSigma0(uint x) => BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ x >> 3;

    private static uint SmallSigma1(uint x) => BitOperations.RotateRight(x, 17) ^ BitOperations.RotateRight(x, 19) ^ x >> 10;
}
