using System.Buffers.Binary;
using System.Text;

namespace Riad.Images.Tests.Disks;

/// <summary>Reads a FAT32 volume as firmware does: by chains of clusters, names long and short.</summary>
internal sealed class FatReader(byte[] volume)
{
    private int Reserved => Short(14);

    private int TableSectors => Int(36);

    public SortedDictionary<string, byte[]> ReadAll()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        ReadFolder(Int(44), "", files);
        return files;
    }

    private void ReadFolder(int cluster, string path, SortedDictionary<string, byte[]> files)
    {
        var (entries, name) = (ReadChain(cluster), "");
        for (var at = 0; entries[at] != 0; at += 32)
        {
            var entry = entries.AsSpan(at, 32);
            if (entry[11] == 15)
            {
                int[] places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
                name = new string([.. places.Select(place => (char)BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(at + place))).TakeWhile(letter => letter is not ('\0' or '\uFFFF'))]) + name;
                continue;
            }
            var alias = Encoding.ASCII.GetString(entry[..8]).TrimEnd() + (entry[8] == ' ' ? "" : "." + Encoding.ASCII.GetString(entry[8..11]).TrimEnd());
            var full = path + (name.Length > 0 ? name : alias);
            var first = (BinaryPrimitives.ReadUInt16LittleEndian(entry[20..]) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(entry[26..]);
            var length = BinaryPrimitives.ReadInt32LittleEndian(entry[28..]);
            if (entry[11] == 16 && alias is not ("." or ".."))
                ReadFolder(first, full + "/", files);
            else if (entry[11] == 32)
                files.Add($"{full} ({alias})", length == 0 ? [] : ReadChain(first)[..length]);
            name = "";
        }
    }

    private byte[] ReadChain(int cluster)
    {
        var content = new List<byte>();
        for (; cluster < 0x0FFFFFF8; cluster = Int((Reserved * 512) + (cluster * 4)))
        {
            var at = (Reserved + (2 * TableSectors) + cluster - 2) * 512;
            content.AddRange(volume.AsSpan(at, 512));
        }
        return [.. content];
    }

    private int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(volume.AsSpan(at));

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(volume.AsSpan(at));
}
