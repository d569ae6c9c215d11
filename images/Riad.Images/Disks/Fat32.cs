using System.Buffers.Binary;
using System.Text;
using Riad.Images.Trees;

namespace Riad.Images.Disks;

/// <summary>Writes the file system that firmware reads.</summary>
/// <remarks>
/// Source: Microsoft FAT32 File System Specification 1.03. Files lie one behind the other, never in pieces; one sector
/// is a cluster, which fits volumes from 33 to 260 MiB. Times are those given, so that the same files make the same volume.
/// </remarks>
public static class Fat32
{
    /// <summary>The smallest volume, in octets: with fewer clusters it would be read as FAT16.</summary>
    public const int Smallest = 34 * Disk.Mebibyte;

    /// <summary>The largest, in octets.</summary>
    public const int Largest = 260 * Disk.Mebibyte;

    private const int Reserved = 32, Tables = 2, RootCluster = 2;

    private const uint EndOfChain = 0x0FFF_FFFF;

    /// <summary>Writes a volume.</summary>
    /// <param name="label">At most eleven capital letters.</param>
    /// <param name="serial">The volume's number.</param>
    /// <param name="length">Octets, whole mebibytes between <see cref="Smallest"/> and <see cref="Largest"/>.</param>
    /// <param name="tree">Folders and regular files; nothing else.</param>
    /// <param name="time">The modification time of everything, from 1980 to 2107.</param>
    /// <exception cref="ArgumentException">The files do not fit, or the tree holds what FAT cannot.</exception>
    public static byte[] Write(string label, uint serial, int length, FileTree tree, DateTimeOffset time)
    {
        if (length is < Smallest or > Largest || length % Disk.Mebibyte != 0)
            throw new ArgumentException("A volume has 34 to 260 whole mebibytes", nameof(length));
        if (time.UtcDateTime.Year is < 1980 or > 2107)
            throw new ArgumentException("FAT counts years from 1980, in seven bits", nameof(time));

        var sectors = length / Disk.Sector;
        var tableSectors = ((sectors - Reserved) * 4 / (Disk.Sector + (Tables * 4))) + 1;
        var dataStart = Reserved + (Tables * tableSectors);
        var volume = new byte[length];
        var table = new uint[sectors - dataStart + 2];
        (table[0], table[1]) = (0x0FFF_FFF8, EndOfChain);

        var next = RootCluster;
        WriteFolder(FatFolder.Read(tree), parent: 0, isRoot: true);
        WriteBootSectors(volume, label, serial, sectors, tableSectors, free: (uint)(table.Length - next), (uint)next);
        for (var copy = 0; copy < Tables; copy++)
        {
            var at = volume.AsSpan((Reserved + (copy * tableSectors)) * Disk.Sector);
            for (var cluster = 0; cluster < next; cluster++)
                BinaryPrimitives.WriteUInt32LittleEndian(at[(cluster * 4)..], table[cluster]);
        }
        return volume;

        int WriteFolder(FatFolder folder, int parent, bool isRoot)
        {
            var own = Allocate(folder.CountEntries(isRoot) * FatFolder.EntryLength);
            var entries = new FatFolder.Writer(volume.AsMemory((dataStart + own - 2) * Disk.Sector), time);
            if (isRoot)
                entries.WriteLabel(label);
            else
                entries.WriteDots(own, parent);
            foreach (var (name, content) in folder.Files)
            {
                var cluster = content.Length == 0 ? 0 : Allocate(content.Length);
                if (content.Length > 0)
                    content.CopyTo(volume.AsMemory((dataStart + cluster - 2) * Disk.Sector));
                entries.WriteFile(name, cluster, content.Length);
            }
            foreach (var (name, child) in folder.Folders)
                entries.WriteFolder(name, WriteFolder(child, isRoot ? 0 : own, isRoot: false));
            return own;
        }

        int Allocate(int octets)
        {
            var (first, count) = (next, Math.Max(1, (octets + Disk.Sector - 1) / Disk.Sector));
            if (first + count > table.Length)
                throw new ArgumentException("The files do not fit", nameof(tree));
            for (var cluster = first; cluster < first + count; cluster++)
                table[cluster] = cluster + 1 < first + count ? (uint)cluster + 1 : EndOfChain;
            next += count;
            return first;
        }
    }

    private static void WriteBootSectors(Span<byte> volume, string label, uint serial, int sectors, int tableSectors, uint free, uint next)
    {
        var boot = volume[..Disk.Sector];
        ReadOnlySpan<byte> jump = [0xEB, 0x58, 0x90];
        jump.CopyTo(boot);
        "MSWIN4.1"u8.CopyTo(boot[3..]);
        BinaryPrimitives.WriteUInt16LittleEndian(boot[11..], Disk.Sector);
        boot[13] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(boot[14..], Reserved);
        boot[16] = Tables;
        boot[21] = 0xF8;
        BinaryPrimitives.WriteUInt16LittleEndian(boot[24..], 63);
        BinaryPrimitives.WriteUInt16LittleEndian(boot[26..], 255);
        // How many sectors lie in front of it; a partition of ours begins at the first mebibyte.
        BinaryPrimitives.WriteUInt32LittleEndian(boot[28..], Disk.Mebibyte / Disk.Sector);
        BinaryPrimitives.WriteInt32LittleEndian(boot[32..], sectors);
        BinaryPrimitives.WriteInt32LittleEndian(boot[36..], tableSectors);
        BinaryPrimitives.WriteInt32LittleEndian(boot[44..], RootCluster);
        BinaryPrimitives.WriteUInt16LittleEndian(boot[48..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(boot[50..], 6);
        boot[64] = 0x80;
        boot[66] = 0x29;
        BinaryPrimitives.WriteUInt32LittleEndian(boot[67..], serial);
        Encoding.ASCII.GetBytes(label.PadRight(11), boot[71..]);
        "FAT32   "u8.CopyTo(boot[82..]);
        (boot[510], boot[511]) = (0x55, 0xAA);

        var counts = volume[Disk.Sector..(2 * Disk.Sector)];
        "RRaA"u8.CopyTo(counts);
        "rrAa"u8.CopyTo(counts[484..]);
        BinaryPrimitives.WriteUInt32LittleEndian(counts[488..], free);
        BinaryPrimitives.WriteUInt32LittleEndian(counts[492..], next);
        (counts[510], counts[511]) = (0x55, 0xAA);
        volume[..(2 * Disk.Sector)].CopyTo(volume[(6 * Disk.Sector)..]);
    }
}
