using System.Diagnostics;
using System.Formats.Tar;
using Riad.Images.Trees;

namespace Riad.Images.Archives;

/// <summary>A file tree as a layer of a container.</summary>
public static class TarArchive
{
    /// <summary>Writes the archive: ustar, sorted, everything of the same time.</summary>
    /// <param name="tree">What is in it. Devices are left out: a container gets its own.</param>
    /// <param name="time">The modification time of everything in it.</param>
    public static byte[] Write(FileTree tree, DateTimeOffset time)
    {
        using var output = new MemoryStream();
        using (var writer = new TarWriter(output, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (path, node) in tree.Nodes)
            {
                if (Entry(path, node) is not { } entry)
                    continue;
                (entry.Uid, entry.Gid, entry.ModificationTime) = (node.Owner, node.Owner, time);
                writer.WriteEntry(entry);
            }
        }
        return output.ToArray();
    }

    private static UstarTarEntry? Entry(string path, Node node) => node switch
    {
        Node.Folder(var mode) => new(TarEntryType.Directory, path + '/') { Mode = (UnixFileMode)mode },
        Node.File(var content, var mode) => new(TarEntryType.RegularFile, path) { Mode = (UnixFileMode)mode, DataStream = new MemoryStream(content.ToArray(), writable: false) },
        Node.Link(var target) => new(TarEntryType.SymbolicLink, path) { Mode = (UnixFileMode)0b111_111_111, LinkName = target },
        Node.Device => null,
        _ => throw new UnreachableException(),
    };
}
