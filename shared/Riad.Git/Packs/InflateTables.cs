namespace Riad.Git.Packs;

/// <summary>Decoding tables of the deflate format.</summary>
/// <remarks>
/// An entry is a number: bits 0-7 how many bits of the stream it takes, 8-12 how many extra bits follow (or, for a subtable,
/// by how many bits it is indexed), 13-15 what it is, 16-31 its value. Source: RFC 1951 §3.2.
/// </remarks>
internal static class InflateTables
{
    public const uint Literal = 0;
    public const uint Base = 1;
    public const uint End = 2;
    public const uint Subtable = 3;
    private const uint Invalid = 4;
    private const int LongestCode = 15;

    public enum Kind { None, Fixed }

    public enum Use { CodeLengths, LiteralsAndLengths, Distances }

    /// <summary>In which order the lengths of the code length codes stand. Source: RFC 1951 §3.2.7.</summary>
    public static ReadOnlySpan<byte> CodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static ReadOnlySpan<ushort> LengthBase => [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthExtra => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBase =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
        1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ];

    public static int BitsOf(uint entry) => (int)(entry & 0xFF);

    public static int ExtraOf(uint entry) => (int)((entry >> 8) & 31);

    public static uint TypeOf(uint entry) => (entry >> 13) & 7;

    public static int ValueOf(uint entry) => (int)(entry >> 16);

    public static void BuildFixed(Span<byte> lengths, uint[] lengthTable, int lengthBits, uint[] distanceTable, int distanceBits)
    {
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..288].Fill(8);
        _ = TryBuild(lengths[..288], Use.LiteralsAndLengths, lengthTable, lengthBits);
        lengths[..32].Fill(5);
        _ = TryBuild(lengths[..32], Use.Distances, distanceTable, distanceBits);
    }

    /// <summary>Fills a table from the lengths of the codes.</summary>
    /// <returns>False for lengths that no code has: too many short ones, or too few but for a lone code of one bit.</returns>
    public static bool TryBuild(ReadOnlySpan<byte> lengths, Use use, uint[] table, int rootBits)
    {
        Span<int> counts = stackalloc int[LongestCode + 1];
        counts.Clear();
        foreach (var length in lengths)
            counts[length]++;
        counts[0] = 0;
        Span<int> next = stackalloc int[LongestCode + 2];
        var (left, longest) = (1, 0);
        next[1] = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - counts[length];
            if (left < 0)
                return false;
            next[length + 1] = (next[length] + counts[length]) << 1;
            longest = counts[length] > 0 ? length : longest;
        }
        if (left > 0 && longest > (use is Use.CodeLengths ? 0 : 1))
            return false;
        if (use is Use.CodeLengths && longest == 0)
            return false;
        table.AsSpan(0, 1 << rootBits).Fill((Invalid << 13) | 1);
        if (longest > rootBits)
            LayOutSubtables(lengths, next, table, rootBits);
        Fill(lengths, next, use, table, rootBits);
        return true;
    }

    private static void LayOutSubtables(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> firstCodes, uint[] table, int rootBits)
    {
        Span<int> next = stackalloc int[LongestCode + 2];
        firstCodes.CopyTo(next);
        Span<byte> deepest = stackalloc byte[1 << rootBits];
        deepest.Clear();
        foreach (var length in lengths)
        {
            if (length == 0)
                continue;
            var prefix = Reverse(next[length]++, length) & ((1 << rootBits) - 1);
            if (length > rootBits && length - rootBits > deepest[prefix])
                deepest[prefix] = (byte)(length - rootBits);
        }
        var free = 1 << rootBits;
        for (var prefix = 0; prefix < deepest.Length; prefix++)
        {
            if (deepest[prefix] == 0)
                continue;
            table[prefix] = ((uint)free << 16) | (Subtable << 13) | ((uint)deepest[prefix] << 8);
            table.AsSpan(free, 1 << deepest[prefix]).Fill((Invalid << 13) | 1);
            free += 1 << deepest[prefix];
        }
    }

    private static void Fill(ReadOnlySpan<byte> lengths, Span<int> next, Use use, uint[] table, int rootBits)
    {
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            var code = Reverse(next[length]++, length);
            var entry = Entry(symbol, use) | (uint)length;
            if (length <= rootBits)
            {
                for (var index = code; index < 1 << rootBits; index += 1 << length)
                    table[index] = entry;
                continue;
            }
            var link = table[code & ((1 << rootBits) - 1)];
            for (var index = code >> rootBits; index < 1 << ExtraOf(link); index += 1 << (length - rootBits))
                table[ValueOf(link) + index] = entry;
        }
    }

    private static uint Entry(int symbol, Use use) => use switch
    {
        Use.CodeLengths => (uint)symbol << 16,
        Use.LiteralsAndLengths when symbol < 256 => (uint)symbol << 16,
        Use.LiteralsAndLengths when symbol == 256 => End << 13,
        Use.LiteralsAndLengths when symbol - 257 < LengthBase.Length =>
            ((uint)LengthBase[symbol - 257] << 16) | (Base << 13) | ((uint)LengthExtra[symbol - 257] << 8),
        Use.Distances when symbol < DistanceBase.Length =>
            ((uint)DistanceBase[symbol] << 16) | (Base << 13) | ((uint)Math.Max(0, (symbol / 2) - 1) << 8),
        Use.LiteralsAndLengths or Use.Distances => Invalid << 13,
    };

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var bit = 0; bit < length; bit++)
            reversed |= ((code >> bit) & 1) << (length - 1 - bit);
        return reversed;
    }
}
