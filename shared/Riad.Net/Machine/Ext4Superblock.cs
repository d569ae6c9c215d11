using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.Net.Machine;

/// <summary>What the superblock of an ext4 file system says about it.</summary>
/// <param name="Label">At most 16 octets of text; what is no UTF-8 is replaced.</param>
/// <param name="BlockOctets">1024 to 65536.</param>
/// <param name="Blocks">How many blocks it has now.</param>
/// <remarks>Source: Linux, Documentation/filesystems/ext4/super.rst.</remarks>
public sealed record Ext4Superblock(string Label, int BlockOctets, ulong Blocks)
{
    /// <summary>Where it lies on the device, in octets.</summary>
    public const int Offset = 1024;

    /// <summary>How many octets it has.</summary>
    public const int Octets = 1024;

    private const ushort Magic = 0xef53;
    private const uint Has64Bits = 0x80;
    private const int MaxBlockShift = 6;

    /// <summary>How many octets the file system fills.</summary>
    public ulong Size => Blocks * (ulong)BlockOctets;

    /// <summary>How many blocks it has when it fills a device.</summary>
    public ulong BlocksOn(ulong deviceOctets) => deviceOctets / (ulong)BlockOctets;

    /// <summary>Reads it; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out Ext4Superblock? superblock)
    {
        superblock = null;
        if (octets.Length < Octets || BinaryPrimitives.ReadUInt16LittleEndian(octets[0x38..]) != Magic)
            return false;
        var shift = BinaryPrimitives.ReadUInt32LittleEndian(octets[0x18..]);
        if (shift > MaxBlockShift)
            return false;
        ulong blocks = BinaryPrimitives.ReadUInt32LittleEndian(octets[0x4..]);
        if ((BinaryPrimitives.ReadUInt32LittleEndian(octets[0x60..]) & Has64Bits) != 0)
            blocks |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(octets[0x150..]) << 32;
        if (blocks >> 47 != 0)
            return false;
        var label = octets.Slice(0x78, 16);
        var end = label.IndexOf((byte)0);
        superblock = new(Encoding.UTF8.GetString(end < 0 ? label : label[..end]), 1024 << (int)shift, blocks);
        return true;
    }
}
