using System.Text;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Files;

/// <summary>The files of one commit by path. Never leaves the root folder, and follows no link or submodule.</summary>
/// <remarks>Mutable, one owner: it remembers the folders that it has read.</remarks>
/// <param name="store">Where the objects are.</param>
/// <param name="root">The root folder.</param>
public sealed class RepositoryFiles(IObjectStore store, Tree root)
{
    /// <summary>The largest file, and the largest sum of the files of one zone: 512 MiB.</summary>
    public const int MaxFileOctets = 512 << 20;

    private const int MaxPathOctets = 1024;

    private readonly Dictionary<ObjectId, Tree?> folders = [];

    /// <summary>Finds a file that a zone names in $INCLUDE.</summary>
    /// <param name="path">From the root of the repository, parts separated by '/'; a part '.' stands for nothing.</param>
    /// <param name="file">The path as it is remembered, and the blob. Default on failure.</param>
    public FileFault TryFind(ReadOnlySpan<byte> path, out SourceFile file)
    {
        file = default;
        if (path.Length is 0 or > MaxPathOctets)
            return FileFault.BadPath;
        if (path[0] == '/')
            return FileFault.LeavesRepository;
        var parts = new List<byte[]>();
        foreach (var range in path.Split((byte)'/'))
        {
            var part = path[range];
            if (part.IsEmpty)
                return FileFault.BadPath;
            if (part.SequenceEqual(".."u8))
                return FileFault.LeavesRepository;
            if (ZoneFileName.IsKeyFile(Encoding.UTF8.GetString(part)))
                return FileFault.KeyFile;
            if (!part.SequenceEqual("."u8))
                parts.Add(part.ToArray());
        }
        return TryWalk(parts, out file);
    }

    /// <summary>Reads a file that was found.</summary>
    /// <param name="blob">Its object.</param>
    /// <param name="content">Its octets. Not to be written to.</param>
    public FileFault TryRead(ObjectId blob, out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (!store.TryReadHeader(blob, out var kind, out var octets) || kind is not ObjectKind.Blob)
            return FileFault.NotFound;
        if (octets > MaxFileOctets)
            return FileFault.TooLarge;
        return store.TryRead(blob, out _, out content) ? FileFault.None : FileFault.NotFound;
    }

    private FileFault TryWalk(List<byte[]> parts, out SourceFile file)
    {
        file = default;
        var folder = root;
        for (var index = 0; index < parts.Count; index++)
        {
            var entry = folder.Find(parts[index]);
            if (entry is null)
                return FileFault.NotFound;
            var last = index == parts.Count - 1;
            var fault = entry.Mode switch
            {
                EntryMode.SymbolicLink => FileFault.SymbolicLink,
                EntryMode.Submodule => FileFault.Submodule,
                EntryMode.Directory => last ? FileFault.Folder : FileFault.None,
                EntryMode.File or EntryMode.GroupWritableFile or EntryMode.Executable => last ? FileFault.None : FileFault.NotFound,
            };
            if (fault is not FileFault.None)
                return fault;
            if (last)
            {
                file = new(string.Join('/', parts.Select(Encoding.UTF8.GetString)), entry.Id);
                return FileFault.None;
            }
            if (ReadFolder(entry.Id) is not { } next)
                return FileFault.NotFound;
            folder = next;
        }
        return FileFault.BadPath;
    }

    private Tree? ReadFolder(ObjectId id)
    {
        if (folders.TryGetValue(id, out var known))
            return known;
        var tree = store.TryRead(id, out var kind, out var content) && kind is ObjectKind.Tree && Tree.TryParse(content, out var read, out _) ? read : null;
        folders[id] = tree;
        return tree;
    }
}
