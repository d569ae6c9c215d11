namespace Riad.Git.Packs;

/// <summary>A difference between two contents: ranges to copy from the base, and new octets.</summary>
/// <remarks>Pure. Source: gitformat-pack(5), "Deltified representation".</remarks>
public static class Delta
{
    private const int LongestVarint = 10;

    /// <summary>Reads the two lengths that stand before the instructions.</summary>
    /// <param name="delta">A whole delta, or its first 20 octets.</param>
    /// <param name="baseOctets">How long the base must be.</param>
    /// <param name="resultOctets">How long the result will be.</param>
    /// <param name="headerOctets">Where the instructions begin.</param>
    public static bool TryReadLengths(ReadOnlySpan<byte> delta, out long baseOctets, out long resultOctets, out int headerOctets)
    {
        headerOctets = 0;
        resultOctets = 0;
        return TryReadLength(delta, ref headerOctets, out baseOctets) && TryReadLength(delta, ref headerOctets, out resultOctets);
    }

    /// <summary>Applies a delta.</summary>
    /// <param name="content">The base, exactly as long as the delta says.</param>
    /// <param name="delta">The lengths and the instructions.</param>
    /// <param name="result">Exactly as long as the delta says; holds anything when false is returned.</param>
    /// <returns>False when the lengths differ, an instruction reaches outside, is cut or reserved, or the result is not filled.</returns>
    public static bool TryApply(ReadOnlySpan<byte> content, ReadOnlySpan<byte> delta, Span<byte> result)
    {
        if (!TryReadLengths(delta, out var baseOctets, out var resultOctets, out var position))
            return false;
        if (baseOctets != content.Length || resultOctets != result.Length)
            return false;
        var written = 0;
        while (position < delta.Length)
        {
            int code = delta[position++];
            ReadOnlySpan<byte> source;
            if ((code & 0x80) == 0)
            {
                if (code == 0 || code > delta.Length - position)
                    return false;
                source = delta.Slice(position, code);
                position += code;
            }
            else
            {
                if (!TryReadCopy(delta, ref position, code, out var offset, out var length) || offset + length > content.Length)
                    return false;
                source = content.Slice((int)offset, (int)length);
            }
            if (source.Length > result.Length - written)
                return false;
            source.CopyTo(result[written..]);
            written += source.Length;
        }
        return written == result.Length;
    }

    private static bool TryReadCopy(ReadOnlySpan<byte> delta, ref int position, int code, out long offset, out long length)
    {
        (offset, length) = (0, 0);
        for (var bit = 0; bit < 7; bit++)
        {
            if ((code & (1 << bit)) == 0)
                continue;
            if (position == delta.Length)
                return false;
            long octet = delta[position++];
            if (bit < 4)
                offset |= octet << (8 * bit);
            else
                length |= octet << (8 * (bit - 4));
        }
        if (length == 0)
            length = 0x10000;
        return true;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> delta, ref int position, out long length)
    {
        length = 0;
        for (var index = 0; index < LongestVarint && position < delta.Length; index++)
        {
            var octet = delta[position++];
            length |= (long)(octet & 0x7F) << (7 * index);
            if ((octet & 0x80) == 0)
                return length >= 0;
        }
        return false;
    }
}
