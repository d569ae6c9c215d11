using System.Buffers;
using System.Text;
using Riad.Images.Trees;

namespace Riad.Images.Archives;

/// <summary>A file tree as the kernel unpacks it at its start.</summary>
/// <remarks>
/// The format is "newc": Linux, Documentation/driver-api/early-userspace/buffer-format.rst. Numbers are eight
/// hexadecimal digits; header with name, and content, are each padded to four octets.
/// </remarks>
public static class CpioArchive
{
    private const int FolderType = 0x4000, FileType = 0x8000, LinkType = 0xa000, DeviceType = 0x2000;

    private const string Trailer = "TRAILER!!!";

    /// <summary>Writes the archive.</summary>
    /// <param name="tree">What is in it.</param>
    /// <param name="time">The modification time of everything in it.</param>
    public static byte[] Write(FileTree tree, DateTimeOffset time)
    {
        var output = new ArrayBufferWriter<byte>();
        var inode = 0;
        foreach (var (path, node) in tree.Nodes)
            Write(output, path, node, ++inode, (uint)time.ToUnixTimeSeconds());
        WriteEntry(output, Trailer, new Entry(0, 0, 0, 1, 0, 0, 0), []);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, string path, Node node, int inode, uint time)
    {
        switch (node)
        {
            case Node.Folder(var mode):
                WriteEntry(output, path, new(inode, FolderType | mode, node.Owner, 2, time, 0, 0), []);
                break;
            case Node.File(var content, var mode):
                WriteEntry(output, path, new(inode, FileType | mode, node.Owner, 1, time, 0, 0), content.Span);
                break;
            case Node.Link(var target):
                WriteEntry(output, path, new(inode, LinkType | 0b111_111_111, node.Owner, 1, time, 0, 0), Encoding.UTF8.GetBytes(target));
                break;
            case Node.Device(var major, var minor, var mode):
                WriteEntry(output, path, new(inode, DeviceType | mode, node.Owner, 1, time, major, minor), []);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void WriteEntry(ArrayBufferWriter<byte> output, string path, Entry entry, ReadOnlySpan<byte> content)
    {
        var name = Encoding.UTF8.GetBytes(path + '\0');
        var header = $"070701{entry.Inode:X8}{entry.Mode:X8}{entry.Owner:X8}{entry.Owner:X8}{entry.Links:X8}{entry.Time:X8}{content.Length:X8}"
            + $"{0:X8}{0:X8}{entry.Major:X8}{entry.Minor:X8}{name.Length:X8}{0:X8}";
        output.Write(Encoding.ASCII.GetBytes(header));
        output.Write(name);
        Pad(output);
        output.Write(content);
        Pad(output);
    }

    private static void Pad(ArrayBufferWriter<byte> output) => output.Write(new byte[-output.WrittenCount & 3]);

    private readonly record struct Entry(int Inode, int Mode, int Owner, int Links, uint Time, int Major, int Minor);
}
