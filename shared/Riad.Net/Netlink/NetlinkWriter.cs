using System.Buffers.Binary;

namespace Riad.Net.Netlink;

/// <summary>Writes one netlink message: a header, a fixed part, attributes; numbers in the order of the processor, which is little-endian here.</summary>
/// <remarks>Source: Linux, include/uapi/linux/netlink.h.</remarks>
internal sealed class NetlinkWriter
{
    private readonly List<byte> octets = [];

    public NetlinkWriter(ushort type, ushort flags, uint sequence)
    {
        WriteUInt32(0); // the length, when it is known
        WriteUInt16(type);
        WriteUInt16(flags);
        WriteUInt32(sequence);
        WriteUInt32(0); // from us to the kernel
    }

    public NetlinkWriter WriteByte(byte value)
    {
        octets.Add(value);
        return this;
    }

    public NetlinkWriter WriteUInt16(ushort value)
    {
        Span<byte> space = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(space, value);
        octets.AddRange(space);
        return this;
    }

    public NetlinkWriter WriteUInt32(uint value)
    {
        Span<byte> space = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(space, value);
        octets.AddRange(space);
        return this;
    }

    /// <summary>Writes an attribute, filled up to four octets.</summary>
    public NetlinkWriter WriteAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        WriteUInt16((ushort)(4 + value.Length));
        WriteUInt16(type);
        octets.AddRange(value);
        while (octets.Count % 4 != 0)
            octets.Add(0);
        return this;
    }

    public NetlinkWriter WriteAttribute(ushort type, uint value)
    {
        Span<byte> space = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(space, value);
        return WriteAttribute(type, space);
    }

    /// <summary>The message with its length.</summary>
    public byte[] ToArray()
    {
        var message = octets.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)message.Length);
        return message;
    }
}
