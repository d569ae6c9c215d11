using System.Runtime.CompilerServices;
using Riad.Dns.Names;

namespace Riad.Dns.Messages;

/// <summary>Where names and their ends stand in a message that is being written: a hash table of offsets, without pointers into the heap.</summary>
/// <remarks>
/// An entry is only a hint: what stands at an offset is compared before it is used. So entries need no removal when
/// the end of the message is cut off and written anew.
/// </remarks>
internal struct CompressionTable
{
    private const int Slots = 128; // a power of two
    private const int MaxEntries = 96; // beyond that names are written without being remembered
    private const int MaxOffset = 0x3fff; // 14 bits

    private Offsets offsets;
    private int count;

    /// <summary>The offset at which this name, or the end of a name, stands already; 0 when there is none.</summary>
    /// <param name="message">What was written so far.</param>
    /// <param name="name">Uncompressed.</param>
    /// <param name="hash">Of the name.</param>
    /// <param name="exactCase">False takes a name that differs in case alone for the same.</param>
    public readonly int Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, uint hash, bool exactCase)
    {
        for (var slot = hash % Slots; offsets[(int)slot] != 0; slot = (slot + 1) % Slots)
        {
            if (StandsAt(message, offsets[(int)slot], name, exactCase))
                return offsets[(int)slot];
        }
        return 0;
    }

    /// <summary>Remembers an offset, while there is room and a pointer can reach it.</summary>
    public void Add(int offset, uint hash)
    {
        if (count == MaxEntries || offset > MaxOffset)
            return;
        count++;
        var slot = hash % Slots;
        while (offsets[(int)slot] != 0)
            slot = (slot + 1) % Slots;
        offsets[(int)slot] = (ushort)offset;
    }

    /// <summary>The hash of a name from that of its parent, without regard to case.</summary>
    public static uint Combine(uint parent, ReadOnlySpan<byte> label)
    {
        var hash = parent;
        foreach (var octet in label)
            hash = unchecked((hash ^ NameOctets.ToLower(octet)) * 16777619);
        return hash;
    }

    private static bool StandsAt(ReadOnlySpan<byte> message, int offset, ReadOnlySpan<byte> name, bool exactCase)
    {
        var lowest = offset; // a pointer goes back before the part that it ends
        while (offset < message.Length)
        {
            int label = message[offset];
            if (label >= 0xc0)
            {
                if (offset + 1 >= message.Length)
                    return false;
                var target = (label & 0x3f) << 8 | message[offset + 1];
                if (target >= lowest)
                    return false;
                (lowest, offset) = (target, target);
                continue;
            }
            if (label != name[0] || offset + label + 1 > message.Length || !IsLabel(message.Slice(offset, label + 1), name[..(label + 1)], exactCase))
                return false;
            if (label == 0)
                return true;
            name = name[(label + 1)..];
            offset += label + 1;
        }
        return false;
    }

    private static bool IsLabel(ReadOnlySpan<byte> written, ReadOnlySpan<byte> label, bool exactCase) =>
        exactCase ? written.SequenceEqual(label) : NameOctets.AreEqual(written, label);

    [InlineArray(Slots)]
    private struct Offsets
    {
        private ushort first;
    }
}
