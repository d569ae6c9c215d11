using System.Buffers.Binary;

namespace Riad.Core;

/// <summary>Writes big-endian octets front to back into a buffer of fixed size: the transport's limit is the span's length.</summary>
/// <remarks>What does not fit is not written, sets <see cref="Overflowed"/>, and nothing is written after it.</remarks>
public ref struct WireWriter
{
    private readonly Span<byte> buffer;

    /// <summary>Starts at the first octet of <paramref name="buffer"/>.</summary>
    public WireWriter(Span<byte> buffer) => this.buffer = buffer;

    /// <summary>Octets written.</summary>
    public int Position { get; private set; }

    /// <summary>True when something did not fit.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Octets that still fit.</summary>
    public readonly int Room => Overflowed ? 0 : buffer.Length - Position;

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer[..Position];

    /// <summary>What was written, to patch a count or a length that is known only later.</summary>
    public readonly Span<byte> WrittenForPatching => buffer[..Position];

    /// <summary>Writes one octet.</summary>
    public void WriteByte(byte value)
    {
        if (Reserve(1) is { Length: 1 } space)
            space[0] = value;
    }

    /// <summary>Writes two octets, most significant first.</summary>
    public void WriteUInt16(ushort value)
    {
        if (Reserve(2) is { Length: 2 } space)
            BinaryPrimitives.WriteUInt16BigEndian(space, value);
    }

    /// <summary>Writes four octets, most significant first.</summary>
    public void WriteUInt32(uint value)
    {
        if (Reserve(4) is { Length: 4 } space)
            BinaryPrimitives.WriteUInt32BigEndian(space, value);
    }

    /// <summary>Writes eight octets, most significant first.</summary>
    public void WriteUInt64(ulong value)
    {
        if (Reserve(8) is { Length: 8 } space)
            BinaryPrimitives.WriteUInt64BigEndian(space, value);
    }

    /// <summary>Writes octets as they are.</summary>
    public void WriteOctets(scoped ReadOnlySpan<byte> octets)
    {
        var space = Reserve(octets.Length);
        if (space.Length == octets.Length)
            octets.CopyTo(space);
    }

    /// <summary>Takes <paramref name="count"/> octets to be filled by the caller; empty when they do not fit.</summary>
    public Span<byte> Reserve(int count)
    {
        Overflowed |= count > buffer.Length - Position;
        if (Overflowed)
            return default;
        var space = buffer.Slice(Position, count);
        Position += count;
        return space;
    }

    /// <summary>Puts a 16-bit value over two octets written before.</summary>
    /// <param name="position">Offset of the first of the two octets; both were written.</param>
    /// <param name="value">Most significant octet first.</param>
    public readonly void PatchUInt16(int position, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(buffer[..Position][position..], value);

    /// <summary>Takes back everything after <paramref name="position"/>, and the overflow with it.</summary>
    public void CutBack(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Position);
        Position = position;
        Overflowed = false;
    }
}
