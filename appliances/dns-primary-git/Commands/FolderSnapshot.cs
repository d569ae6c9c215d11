using System.Diagnostics;
using Riad.Git.Objects;
using Riad.Host;

namespace Riad.DnsPrimaryGit.Commands;

/// <summary>A folder's present files as if they had been committed: so that a check before a commit says what a push would say.</summary>
internal sealed class FolderSnapshot
{
    private const int MostFiles = 200_000;

    private readonly MemoryObjectStore store = new();
    private int files;

    private FolderSnapshot(DirectoryInfo folder)
    {
        var root = AddFolder(folder);
        if (!Signature.TryCreate("check", "", DateTimeOffset.UnixEpoch, out var nobody))
            throw new UnreachableException();
        Commit = store.Add(ObjectKind.Commit, Git.Objects.Commit.Create(root, [], nobody, nobody, "what is in the folder\n").Octets);
    }

    /// <summary>The files.</summary>
    public IObjectStore Objects => store;

    /// <summary>What a commit of them would be.</summary>
    public ObjectId Commit { get; }

    /// <summary>Reads every file below a folder, but .git.</summary>
    /// <exception cref="OperatorException">It cannot be read, or holds far too much.</exception>
    public static FolderSnapshot Read(DirectoryInfo folder)
    {
        try
        {
            return new(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"{OneLine.Escape(folder.FullName)} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }

    private ObjectId AddFolder(DirectoryInfo folder)
    {
        var entries = folder.EnumerateFileSystemInfos().Where(entry => entry.Name != ".git").Select(Add).OfType<TreeEntry>().ToList();
        if (!Tree.TryCreate(entries, out var tree, out var error))
            throw OperatorException.CannotRun($"{OneLine.Escape(folder.FullName)} cannot be a folder of a repository: {error}");
        return store.Add(ObjectKind.Tree, tree.Octets);
    }

    private TreeEntry? Add(FileSystemInfo entry)
    {
        if (++files > MostFiles)
            throw OperatorException.CannotRun($"more than {MostFiles} files: name the zone files instead of the folder");
        return entry switch
        {
            { LinkTarget: { } target } => TreeEntry.Create(EntryMode.SymbolicLink, entry.Name, store.Add(ObjectKind.Blob, System.Text.Encoding.UTF8.GetBytes(target))),
            DirectoryInfo folder => folder.EnumerateFileSystemInfos().Any() ? TreeEntry.Create(EntryMode.Directory, folder.Name, AddFolder(folder)) : null,
            FileInfo file => TreeEntry.Create(EntryMode.File, file.Name, store.Add(ObjectKind.Blob, File.ReadAllBytes(file.FullName))),
            _ => null,
        };
    }
}
