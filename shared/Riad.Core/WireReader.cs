using System.Buffers.Binary;

namespace Riad.Core;

/// <summary>Reads big-endian octets front to back. After the first fault every read returns zero and moves nothing.</summary>
/// <remarks>
/// So a decoder is a straight list of reads, and its caller asks once, with <see cref="TryFinish"/>, whether all of
/// them succeeded. The whole message stays visible, because compressed names point back into it.
/// </remarks>
public ref struct WireReader
{
    private readonly ReadOnlySpan<byte> message;
    private int end;

    /// <summary>Starts at the first octet of <paramref name="message"/>.</summary>
    public WireReader(ReadOnlySpan<byte> message)
    {
        this.message = message;
        end = message.Length;
    }

    /// <summary>The whole message, also the octets before <see cref="Position"/> and after <see cref="End"/>.</summary>
    public readonly ReadOnlySpan<byte> Message => message;

    /// <summary>Octets from the start of the message to the next read. Moving it is for decoders that read by hand.</summary>
    public int Position { get; private set; }

    /// <summary>Where reading ends: the end of the message, or of the part that <see cref="Narrow"/> chose.</summary>
    public readonly int End => end;

    /// <summary>Octets left to read.</summary>
    public readonly int Remaining => end - Position;

    /// <summary>The first fault, or the default when there was none.</summary>
    public WireError Error { get; private set; }

    /// <summary>True after a fault.</summary>
    public readonly bool Failed => Error.Fault is not WireFault.None;

    /// <summary>Reads one octet.</summary>
    public byte ReadByte() => ReadOctets(1) is [var octet] ? octet : default;

    /// <summary>Reads two octets, most significant first.</summary>
    public ushort ReadUInt16() => ReadOctets(2) is { Length: 2 } octets ? BinaryPrimitives.ReadUInt16BigEndian(octets) : default;

    /// <summary>Reads four octets, most significant first.</summary>
    public uint ReadUInt32() => ReadOctets(4) is { Length: 4 } octets ? BinaryPrimitives.ReadUInt32BigEndian(octets) : default;

    /// <summary>Reads eight octets, most significant first.</summary>
    public ulong ReadUInt64() => ReadOctets(8) is { Length: 8 } octets ? BinaryPrimitives.ReadUInt64BigEndian(octets) : default;

    /// <summary>Reads all octets up to <see cref="End"/>.</summary>
    public ReadOnlySpan<byte> ReadRest() => ReadOctets(Remaining);

    /// <summary>Reads <paramref name="count"/> octets, or none and the fault Truncated when fewer are left.</summary>
    public ReadOnlySpan<byte> ReadOctets(int count)
    {
        if (Failed)
            return default;
        if ((uint)count > (uint)Remaining)
        {
            Fail(WireFault.Truncated);
            return default;
        }
        var octets = message.Slice(Position, count);
        Position += count;
        return octets;
    }

    /// <summary>Ends reading <paramref name="count"/> octets from here, until <see cref="Widen"/>. Used for counted parts such as record data.</summary>
    /// <returns>The end that was in force, to be given to <see cref="Widen"/>.</returns>
    public int Narrow(int count)
    {
        var outer = end;
        if (!Failed && (uint)count > (uint)Remaining)
            Fail(WireFault.Truncated);
        if (!Failed)
            end = Position + count;
        return outer;
    }

    /// <summary>Ends the part begun by <see cref="Narrow"/>: octets left in it are the fault TrailingOctets.</summary>
    public void Widen(int outer)
    {
        if (!Failed && Position < end)
            Fail(WireFault.TrailingOctets);
        end = outer;
    }

    /// <summary>Moves to <paramref name="position"/>, which lies between 0 and <see cref="End"/>; anything else is the fault Truncated.</summary>
    public void MoveTo(int position)
    {
        if (Failed)
            return;
        if ((uint)position > (uint)end)
        {
            Fail(WireFault.Truncated);
            return;
        }
        Position = position;
    }

    /// <summary>True when everything up to <see cref="End"/> was read without a fault.</summary>
    public bool TryFinish(out WireError error)
    {
        if (Position < end)
            Fail(WireFault.TrailingOctets);
        error = Error;
        return error.Fault is WireFault.None;
    }

    /// <summary>Records a fault at the present position, unless there was one before.</summary>
    public void Fail(WireFault fault)
    {
        if (Error.Fault is WireFault.None)
            Error = new(fault, Position);
    }
}
