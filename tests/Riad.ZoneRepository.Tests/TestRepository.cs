using System.Text;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Tests;

/// <summary>Builds trees and commits in memory.</summary>
internal sealed class TestRepository
{
    private readonly Dictionary<string, (EntryMode Mode, ObjectId Id)> files = new(StringComparer.Ordinal);
    private ObjectId head;

    public MemoryObjectStore Store { get; } = new();

    public ObjectId Head => head;

    public static Signature Someone { get; } = Sign("Ada", "ada@example.org", 1_795_000_000);

    public static Signature Server { get; } = Sign("Riad", "riad@localhost", 1_795_000_060);

    public TestRepository Put(string path, string text) => Put(path, EntryMode.File, Store.Add(ObjectKind.Blob, Encoding.UTF8.GetBytes(text)));

    public TestRepository Put(string path, EntryMode mode, ObjectId id)
    {
        files[path] = (mode, id);
        return this;
    }

    public TestRepository Link(string path, string target) => Put(path, EntryMode.SymbolicLink, Store.Add(ObjectKind.Blob, Encoding.UTF8.GetBytes(target)));

    public TestRepository Remove(string path)
    {
        Assert.True(files.Remove(path), path);
        return this;
    }

    public ObjectId Commit(string message = "A change")
    {
        var parents = head.IsZero ? (ObjectId[])[] : [head];
        head = Store.Add(ObjectKind.Commit, Git.Objects.Commit.Create(WriteFolder("").Id, [.. parents], Someone, Someone, message).Octets);
        return head;
    }

    public Tree Root() => WriteFolder("").Tree;

    private (ObjectId Id, Tree Tree) WriteFolder(string prefix)
    {
        var entries = new List<TreeEntry>();
        var inside = files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal)).ToLookup(file => file.Key[prefix.Length..].Split('/')[0], StringComparer.Ordinal);
        foreach (var group in inside)
        {
            var whole = files.TryGetValue(prefix + group.Key, out var file);
            entries.Add(whole ? TreeEntry.Create(file.Mode, group.Key, file.Id) : TreeEntry.Create(EntryMode.Directory, group.Key, WriteFolder($"{prefix}{group.Key}/").Id));
        }
        Assert.True(Tree.TryCreate(entries, out var tree, out var error), error.ToString());
        return (Store.Add(ObjectKind.Tree, tree.Octets), tree);
    }

    private static Signature Sign(string name, string email, long seconds)
    {
        Assert.True(Signature.TryCreate(name, email, DateTimeOffset.FromUnixTimeSeconds(seconds), out var signature));
        return signature;
    }
}
