using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Journals;

/// <summary>Makes the objects of one entry. Mutable, one owner.</summary>
internal sealed class JournalWriter
{
    private readonly Dictionary<ObjectId, GitObject> known = [];
    private readonly ImmutableArray<GitObject>.Builder objects = ImmutableArray.CreateBuilder<GitObject>();

    public TreeEntry AddFile(string name, byte[] content) => TreeEntry.Create(EntryMode.File, name, Add(ObjectKind.Blob, content));

    public TreeEntry AddFolder(string name, IEnumerable<TreeEntry> entries) => TreeEntry.Create(EntryMode.Directory, name, AddTree(entries));

    public JournalWriting Finish(ObjectId tip, JournalEntry entry, IEnumerable<TreeEntry> zones, Signature signature)
    {
        var root = AddTree(
        [
            AddFile(JournalFormat.FormatFile, Encoding.ASCII.GetBytes(JournalFormat.Current + "\n")),
            AddFolder(JournalFormat.ZonesFolder, zones),
            AddFolder(JournalFormat.ChangesFolder, entry.Changes.Select(change => AddFile(ZoneFileName.Print(change.Apex), ZoneChangeText.Print(change)))),
        ]);
        var commit = Commit.Create(root, tip.IsZero ? [entry.Commit] : [tip, entry.Commit], signature, signature, entry.Message);
        return new(Add(ObjectKind.Commit, commit.Octets), objects.ToImmutable());
    }

    private ObjectId AddTree(IEnumerable<TreeEntry> entries) =>
        Tree.TryCreate(entries, out var tree, out var error)
            ? Add(ObjectKind.Tree, tree.Octets)
            : throw new UnreachableException($"names of zones are always allowed in a tree: {error}");

    private ObjectId Add(ObjectKind kind, ReadOnlyMemory<byte> content)
    {
        var added = GitObject.Create(kind, content);
        if (known.TryAdd(added.Id, added))
            objects.Add(added);
        return added.Id;
    }
}
