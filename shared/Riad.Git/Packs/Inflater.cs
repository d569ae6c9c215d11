using System.Buffers.Binary;

namespace Riad.Git.Packs;

/// <summary>Why compressed octets could not be unpacked.</summary>
public enum InflateFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The octets end too early.</summary>
    Truncated,

    /// <summary>Not the zlib format, or a preset dictionary.</summary>
    BadHeader,

    /// <summary>A code, length or distance that the format does not have.</summary>
    BadCode,

    /// <summary>The content is not as long as was declared.</summary>
    WrongLength,

    /// <summary>The checksum after the content is not that of the content.</summary>
    WrongChecksum,
}

/// <summary>Unpacks the zlib format and tells exactly where it ended, which a pack needs and a stream cannot say.</summary>
/// <remarks>
/// Mutable (it holds tables), one owner; the same input gives the same output. Never writes outside of the output and never
/// throws, whatever the input. Source: RFC 1950, RFC 1951.
/// </remarks>
public sealed class Inflater
{
    private const int LengthBits = 11;
    private const int DistanceBits = 9;

    // The fast loop reads eight octets and writes a literal and a match of 258 with up to seven octets more, without asking again.
    private const int InputSlack = 8;
    private const int OutputSlack = 1 + 258 + 8;

    private readonly uint[] lengthTable = new uint[4096];
    private readonly uint[] distanceTable = new uint[1024];
    private readonly byte[] codeLengths = new byte[320];
    private InflateTables.Kind loaded;

    /// <summary>Unpacks one zlib stream.</summary>
    /// <param name="input">Begins with the stream; what follows it is not touched.</param>
    /// <param name="output">Exactly as long as the content must be.</param>
    /// <param name="consumed">Octets of the stream, its checksum included.</param>
    /// <param name="fault">Why false is returned. The output then holds anything.</param>
    public bool TryInflate(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out InflateFault fault)
    {
        consumed = 0;
        fault = InflateFault.Truncated;
        if (input.Length < 2)
            return false;
        fault = InflateFault.BadHeader;
        if ((input[0] & 15) != 8 || input[0] >> 4 > 7 || ((input[0] << 8) | input[1]) % 31 != 0 || (input[1] & 32) != 0)
            return false;
        var state = new State { Position = 2 };
        bool last;
        do
        {
            if (!TryBlock(input, output, ref state, out last, out fault))
                return false;
        }
        while (!last);
        return TryFinish(input, output, state, out consumed, out fault);
    }

    private static bool TryFinish(ReadOnlySpan<byte> input, ReadOnlySpan<byte> output, State state, out int consumed, out InflateFault fault)
    {
        consumed = state.Position - (state.BitCount >> 3);
        fault = InflateFault.WrongLength;
        if (state.Written != output.Length)
            return false;
        fault = InflateFault.Truncated;
        if (input.Length - consumed < 4)
            return false;
        fault = BinaryPrimitives.ReadUInt32BigEndian(input[consumed..]) == Checksums.Adler32(output) ? InflateFault.None : InflateFault.WrongChecksum;
        consumed += 4;
        return fault is InflateFault.None;
    }

    private bool TryBlock(ReadOnlySpan<byte> input, Span<byte> output, ref State state, out bool last, out InflateFault fault)
    {
        last = false;
        if (!TryBits(input, ref state, 3, out var header))
            return Failed(InflateFault.Truncated, out fault);
        last = (header & 1) != 0;
        switch (header >> 1)
        {
            case 0:
                return TryStored(input, output, ref state, out fault);
            case 1:
                if (loaded is not InflateTables.Kind.Fixed)
                {
                    InflateTables.BuildFixed(codeLengths, lengthTable, LengthBits, distanceTable, DistanceBits);
                    loaded = InflateTables.Kind.Fixed;
                }
                return TryCodes(input, output, ref state, out fault);
            case 2:
                loaded = InflateTables.Kind.None;
                return TryReadTables(input, ref state, out fault) && TryCodes(input, output, ref state, out fault);
            default:
                return Failed(InflateFault.BadCode, out fault);
        }
    }

    private static bool TryStored(ReadOnlySpan<byte> input, Span<byte> output, ref State state, out InflateFault fault)
    {
        var start = state.Position - (state.BitCount >> 3);
        (state.Bits, state.BitCount) = (0, 0);
        if (input.Length - start < 4)
            return Failed(InflateFault.Truncated, out fault);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(input[start..]);
        if ((length ^ BinaryPrimitives.ReadUInt16LittleEndian(input[(start + 2)..])) != 0xFFFF)
            return Failed(InflateFault.BadCode, out fault);
        if (input.Length - start - 4 < length)
            return Failed(InflateFault.Truncated, out fault);
        if (output.Length - state.Written < length)
            return Failed(InflateFault.WrongLength, out fault);
        input.Slice(start + 4, length).CopyTo(output[state.Written..]);
        state.Position = start + 4 + length;
        state.Written += length;
        fault = InflateFault.None;
        return true;
    }

    private bool TryReadTables(ReadOnlySpan<byte> input, ref State state, out InflateFault fault)
    {
        if (!TryBits(input, ref state, 14, out var counts))
            return Failed(InflateFault.Truncated, out fault);
        var (lengths, distances, codes) = ((int)(counts & 31) + 257, (int)((counts >> 5) & 31) + 1, (int)(counts >> 10) + 4);
        if (lengths > 286 || distances > 30)
            return Failed(InflateFault.BadCode, out fault);
        Span<byte> order = stackalloc byte[19];
        order.Clear();
        for (var index = 0; index < codes; index++)
        {
            if (!TryBits(input, ref state, 3, out var length))
                return Failed(InflateFault.Truncated, out fault);
            order[InflateTables.CodeOrder[index]] = (byte)length;
        }
        if (!InflateTables.TryBuild(order, InflateTables.Use.CodeLengths, lengthTable, 7))
            return Failed(InflateFault.BadCode, out fault);
        if (!TryReadCodeLengths(input, ref state, codeLengths.AsSpan(0, lengths + distances), out fault))
            return false;
        // Without an end-of-block code a block could not end.
        var good = codeLengths[256] != 0
            && InflateTables.TryBuild(codeLengths.AsSpan(0, lengths), InflateTables.Use.LiteralsAndLengths, lengthTable, LengthBits)
            && InflateTables.TryBuild(codeLengths.AsSpan(lengths, distances), InflateTables.Use.Distances, distanceTable, DistanceBits);
        return good || Failed(InflateFault.BadCode, out fault);
    }

    private bool TryReadCodeLengths(ReadOnlySpan<byte> input, ref State state, Span<byte> lengths, out InflateFault fault)
    {
        for (var index = 0; index < lengths.Length;)
        {
            Refill(input, ref state);
            var entry = lengthTable[state.Bits & 127];
            if (InflateTables.TypeOf(entry) is not InflateTables.Literal)
                return Failed(InflateFault.BadCode, out fault);
            if (!TrySkip(ref state, InflateTables.BitsOf(entry)))
                return Failed(InflateFault.Truncated, out fault);
            var symbol = InflateTables.ValueOf(entry);
            if (symbol < 16)
            {
                lengths[index++] = (byte)symbol;
                continue;
            }
            var (extra, least) = symbol switch { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
            if (!TryBits(input, ref state, extra, out var more))
                return Failed(InflateFault.Truncated, out fault);
            var count = least + (int)more;
            if (count > lengths.Length - index || (symbol == 16 && index == 0))
                return Failed(InflateFault.BadCode, out fault);
            lengths.Slice(index, count).Fill(symbol == 16 ? lengths[index - 1] : (byte)0);
            index += count;
        }
        fault = InflateFault.None;
        return true;
    }

    private bool TryCodes(ReadOnlySpan<byte> input, Span<byte> output, ref State state, out InflateFault fault)
    {
        while (true)
        {
            if (input.Length - state.Position >= InputSlack && output.Length - state.Written >= OutputSlack)
            {
                if (!TryCodesFast(input, output, ref state, out var ended, out fault))
                    return false;
                if (ended)
                    return true;
            }
            if (!TryOneCode(input, output, ref state, out var blockEnded, out fault))
                return false;
            if (blockEnded)
                return true;
        }
    }

    /// <summary>Decodes while there is room on both sides, without looking at the ends for every code.</summary>
#pragma warning disable MA0051 // the state of the loop stays in registers only while it is one method
    private bool TryCodesFast(ReadOnlySpan<byte> input, Span<byte> output, ref State state, out bool ended, out InflateFault fault)
    {
        var (position, bits, bitCount, written) = (state.Position, state.Bits, state.BitCount, state.Written);
        var (lastInput, lastOutput) = (input.Length - InputSlack, output.Length - OutputSlack);
        ReadOnlySpan<uint> lengthCodes = lengthTable, distanceCodes = distanceTable;
        (ended, fault) = (false, InflateFault.None);
        while (position <= lastInput && written <= lastOutput)
        {
            bits |= BinaryPrimitives.ReadUInt64LittleEndian(input[position..]) << bitCount;
            position += (63 - bitCount) >> 3;
            bitCount |= 56;
            var entry = lengthCodes[(int)bits & ((1 << LengthBits) - 1)];
            if (InflateTables.TypeOf(entry) is InflateTables.Literal)
            {
                // Three literals of up to 11 bits and then a whole match (48 bits) would not fit; two and a refill do.
                output[written++] = (byte)InflateTables.ValueOf(entry);
                bits >>= InflateTables.BitsOf(entry);
                bitCount -= InflateTables.BitsOf(entry);
                entry = lengthCodes[(int)bits & ((1 << LengthBits) - 1)];
                if (InflateTables.TypeOf(entry) is InflateTables.Literal)
                {
                    output[written++] = (byte)InflateTables.ValueOf(entry);
                    bits >>= InflateTables.BitsOf(entry);
                    bitCount -= InflateTables.BitsOf(entry);
                    continue;
                }
                if (bitCount < 48)
                    continue;
            }
            if (InflateTables.TypeOf(entry) is InflateTables.Subtable)
                entry = lengthCodes[InflateTables.ValueOf(entry) + ((int)(bits >> LengthBits) & ((1 << InflateTables.ExtraOf(entry)) - 1))];
            bits >>= InflateTables.BitsOf(entry);
            bitCount -= InflateTables.BitsOf(entry);
            if (InflateTables.TypeOf(entry) is InflateTables.Literal)
            {
                output[written++] = (byte)InflateTables.ValueOf(entry);
                continue;
            }
            if (InflateTables.TypeOf(entry) is not InflateTables.Base)
            {
                ended = InflateTables.TypeOf(entry) is InflateTables.End;
                fault = ended ? InflateFault.None : InflateFault.BadCode;
                break;
            }
            var length = InflateTables.ValueOf(entry) + ((int)bits & ((1 << InflateTables.ExtraOf(entry)) - 1));
            bits >>= InflateTables.ExtraOf(entry);
            bitCount -= InflateTables.ExtraOf(entry);

            entry = distanceCodes[(int)bits & ((1 << DistanceBits) - 1)];
            if (InflateTables.TypeOf(entry) is InflateTables.Subtable)
                entry = distanceCodes[InflateTables.ValueOf(entry) + ((int)(bits >> DistanceBits) & ((1 << InflateTables.ExtraOf(entry)) - 1))];
            bits >>= InflateTables.BitsOf(entry);
            bitCount -= InflateTables.BitsOf(entry);
            var distance = InflateTables.ValueOf(entry) + ((int)bits & ((1 << InflateTables.ExtraOf(entry)) - 1));
            bits >>= InflateTables.ExtraOf(entry);
            bitCount -= InflateTables.ExtraOf(entry);
            if (InflateTables.TypeOf(entry) is not InflateTables.Base || distance > written)
            {
                fault = InflateFault.BadCode;
                break;
            }
            CopyMatch(output.Slice(written - distance, distance + length + 8), distance, length);
            written += length;
        }
        // Bits above bitCount were read ahead of their count; the next refill reads them again.
        bits &= (1UL << bitCount) - 1;
        (state.Position, state.Bits, state.BitCount, state.Written) = (position, bits, bitCount, written);
        return fault is InflateFault.None;
    }
#pragma warning restore MA0051

    /// <summary>Copies by eights, which may write up to seven octets too many: they are overwritten later.</summary>
    private static void CopyMatch(Span<byte> window, int distance, int length)
    {
        if (distance >= 8)
        {
            for (var index = 0; index < length; index += 8)
                BinaryPrimitives.WriteUInt64LittleEndian(window[(distance + index)..], BinaryPrimitives.ReadUInt64LittleEndian(window[index..]));
            return;
        }
        if (distance == 1)
        {
            window.Slice(1, length).Fill(window[0]);
            return;
        }
        for (var index = 0; index < length; index++)
            window[distance + index] = window[index];
    }

    /// <summary>Decodes one code near an end, looking at everything.</summary>
    private bool TryOneCode(ReadOnlySpan<byte> input, Span<byte> output, ref State state, out bool ended, out InflateFault fault)
    {
        ended = false;
        Refill(input, ref state);
        var entry = Lookup(lengthTable, LengthBits, state.Bits);
        if (!TrySkip(ref state, InflateTables.BitsOf(entry)))
            return Failed(InflateFault.Truncated, out fault);
        fault = InflateFault.None;
        switch (InflateTables.TypeOf(entry))
        {
            case InflateTables.Literal:
                if (state.Written == output.Length)
                    return Failed(InflateFault.WrongLength, out fault);
                output[state.Written++] = (byte)InflateTables.ValueOf(entry);
                return true;
            case InflateTables.End:
                ended = true;
                return true;
            case InflateTables.Base:
                return TryMatch(input, output, ref state, entry, out fault);
            default:
                return Failed(InflateFault.BadCode, out fault);
        }
    }

    private bool TryMatch(ReadOnlySpan<byte> input, Span<byte> output, ref State state, uint lengthEntry, out InflateFault fault)
    {
        if (!TryBits(input, ref state, InflateTables.ExtraOf(lengthEntry), out var lengthExtra))
            return Failed(InflateFault.Truncated, out fault);
        Refill(input, ref state);
        var entry = Lookup(distanceTable, DistanceBits, state.Bits);
        if (InflateTables.TypeOf(entry) is not InflateTables.Base)
            return Failed(InflateFault.BadCode, out fault);
        if (!TrySkip(ref state, InflateTables.BitsOf(entry)) || !TryBits(input, ref state, InflateTables.ExtraOf(entry), out var distanceExtra))
            return Failed(InflateFault.Truncated, out fault);
        var length = InflateTables.ValueOf(lengthEntry) + (int)lengthExtra;
        var distance = InflateTables.ValueOf(entry) + (int)distanceExtra;
        if (distance > state.Written)
            return Failed(InflateFault.BadCode, out fault);
        if (length > output.Length - state.Written)
            return Failed(InflateFault.WrongLength, out fault);
        for (var index = 0; index < length; index++, state.Written++)
            output[state.Written] = output[state.Written - distance];
        fault = InflateFault.None;
        return true;
    }

    private static uint Lookup(uint[] table, int rootBits, ulong bits)
    {
        var entry = table[(int)bits & ((1 << rootBits) - 1)];
        return InflateTables.TypeOf(entry) is InflateTables.Subtable
            ? table[InflateTables.ValueOf(entry) + ((int)(bits >> rootBits) & ((1 << InflateTables.ExtraOf(entry)) - 1))]
            : entry;
    }

    private static void Refill(ReadOnlySpan<byte> input, ref State state)
    {
        while (state.BitCount <= 48 && state.Position < input.Length)
        {
            state.Bits |= (ulong)input[state.Position++] << state.BitCount;
            state.BitCount += 8;
        }
    }

    private static bool TryBits(ReadOnlySpan<byte> input, ref State state, int count, out ulong value)
    {
        Refill(input, ref state);
        value = state.Bits & ((1UL << count) - 1);
        return TrySkip(ref state, count);
    }

    private static bool TrySkip(ref State state, int count)
    {
        if (count > state.BitCount)
            return false;
        state.Bits >>= count;
        state.BitCount -= count;
        return true;
    }

    private static bool Failed(InflateFault why, out InflateFault fault)
    {
        fault = why;
        return false;
    }

    private struct State
    {
        public int Position;
        public ulong Bits;
        public int BitCount;
        public int Written;
    }
}
