using Riad.Core;
using Xunit;

namespace Riad.Core.Tests;

public sealed class SipHashTests
{
    // The vectors of the paper's reference implementation: key 00..0f, input 00..(n-1).
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31UL)]
    [InlineData(1, 0x74f839c593dc67fdUL)]
    [InlineData(8, 0x93f5f5799a932462UL)]
    [InlineData(15, 0xa129ca6149be45e5UL)]
    public void Hash_gives_the_paper_s_vectors(int length, ulong expected)
    {
        Span<byte> key = stackalloc byte[16];
        Span<byte> input = stackalloc byte[length];
        for (byte i = 0; i < 16; i++)
            key[i] = i;
        for (byte i = 0; i < length; i++)
            input[i] = i;

        Assert.Equal(expected, new SipHash(key).Hash(input));
    }
}
