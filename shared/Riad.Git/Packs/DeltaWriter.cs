using System.Buffers;
using System.Buffers.Binary;

namespace Riad.Git.Packs;

/// <summary>Makes deltas between successive versions of a file.</summary>
/// <remarks>
/// Pure. Finds what both have at the start and at the end first, since a new version of a file usually changes a few lines;
/// only what lies between is searched for common blocks.
/// </remarks>
public static class DeltaWriter
{
    private const int BlockOctets = 16;
    private const int LongestInsert = 127;
    private const int LongestCopy = 0xFFFFFF;

    /// <summary>Makes a delta that turns <paramref name="content"/> into <paramref name="target"/>.</summary>
    /// <param name="content">The base.</param>
    /// <param name="target">The result.</param>
    /// <param name="limitOctets">Gives up when the delta would become longer.</param>
    /// <param name="delta">Empty when false is returned.</param>
    public static bool TryCreate(ReadOnlySpan<byte> content, ReadOnlySpan<byte> target, int limitOctets, out ReadOnlyMemory<byte> delta)
    {
        var output = new ArrayBufferWriter<byte>(256);
        WriteLength(output, content.Length);
        WriteLength(output, target.Length);
        var prefix = content.CommonPrefixLength(target);
        var suffix = CommonSuffix(content[prefix..], target[prefix..]);
        Copy(output, 0, prefix);
        var complete = TryMiddle(output, content[..^suffix], prefix, target[prefix..^suffix], limitOctets);
        Copy(output, content.Length - suffix, suffix);
        delta = complete && output.WrittenCount <= limitOctets ? output.WrittenMemory : default;
        return !delta.IsEmpty;
    }

    /// <summary>Makes a delta of pieces that are known already.</summary>
    /// <param name="baseOctets">How long the base is.</param>
    /// <param name="target">The result.</param>
    /// <param name="pieces">What it is made of, from its first octet to its last.</param>
    public static ReadOnlyMemory<byte> Join(int baseOctets, ReadOnlySpan<byte> target, IEnumerable<DeltaPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var output = new ArrayBufferWriter<byte>(256);
        WriteLength(output, baseOctets);
        WriteLength(output, target.Length);
        var at = 0;
        foreach (var piece in pieces)
        {
            if (piece.IsNew)
                Insert(output, target.Slice(at, piece.Octets));
            else
                Copy(output, piece.From, piece.Octets);
            at += piece.Octets;
        }
        return output.WrittenMemory;
    }

    private static bool TryMiddle(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> content, int start, ReadOnlySpan<byte> target, int limitOctets)
    {
        var index = new BlockIndex(content, start);
        var (position, pending) = (0, 0);
        while (position + BlockOctets <= target.Length)
        {
            var found = index.Find(target[position..]);
            var length = found < 0 ? 0 : content[found..].CommonPrefixLength(target[position..]);
            if (length < BlockOctets)
            {
                position++;
                if (position - pending > limitOctets)
                    return false;
                continue;
            }
            Insert(output, target[pending..position]);
            Copy(output, found, length);
            position += length;
            pending = position;
            if (output.WrittenCount > limitOctets)
                return false;
        }
        Insert(output, target[pending..]);
        return true;
    }

    private static int CommonSuffix(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var limit = Math.Min(left.Length, right.Length);
        var length = 0;
        while (limit - length >= 8
            && BinaryPrimitives.ReadUInt64LittleEndian(left[(left.Length - length - 8)..]) == BinaryPrimitives.ReadUInt64LittleEndian(right[(right.Length - length - 8)..]))
        {
            length += 8;
        }
        while (length < limit && left[^(length + 1)] == right[^(length + 1)])
            length++;
        return length;
    }

    private static void Insert(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var part = octets[..Math.Min(LongestInsert, octets.Length)];
            output.Write([(byte)part.Length]);
            output.Write(part);
            octets = octets[part.Length..];
        }
    }

    private static void Copy(ArrayBufferWriter<byte> output, int offset, int length)
    {
        Span<byte> instruction = stackalloc byte[8];
        while (length > 0)
        {
            var part = Math.Min(length, LongestCopy);
            var (code, used) = (0x80, 1);
            for (var bit = 0; bit < 7; bit++)
            {
                var octet = (byte)(bit < 4 ? offset >> (8 * bit) : part >> (8 * (bit - 4)));
                if (octet == 0)
                    continue;
                code |= 1 << bit;
                instruction[used++] = octet;
            }
            instruction[0] = (byte)code;
            output.Write(instruction[..used]);
            offset += part;
            length -= part;
        }
    }

    private static void WriteLength(ArrayBufferWriter<byte> output, long length)
    {
        for (; length >= 0x80; length >>= 7)
            output.Write([(byte)(length | 0x80)]);
        output.Write([(byte)length]);
    }

    /// <summary>Where the blocks of the base stand, by their first eight octets; a later block takes the place of an earlier one.</summary>
    private readonly ref struct BlockIndex
    {
        private readonly int[] places;
        private readonly int shift;

        public BlockIndex(ReadOnlySpan<byte> content, int start)
        {
            var blocks = Math.Max(0, content.Length - start) / BlockOctets;
            var bits = Math.Clamp(32 - int.LeadingZeroCount(blocks), 4, 24);
            places = new int[1 << bits];
            shift = 64 - bits;
            for (var offset = start; offset + BlockOctets <= content.Length; offset += BlockOctets)
                places[Slot(content[offset..])] = offset + 1;
        }

        public int Find(ReadOnlySpan<byte> octets) => places[Slot(octets)] - 1;

        private int Slot(ReadOnlySpan<byte> octets) => (int)((BinaryPrimitives.ReadUInt64LittleEndian(octets) * 0x9E3779B97F4A7C15) >> shift);
    }
}
