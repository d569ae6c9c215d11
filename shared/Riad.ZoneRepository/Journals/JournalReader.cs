using System.Collections.Immutable;
using System.Text;
using Riad.Dns.Names;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Journals;

/// <summary>Reads the objects of entries, and remembers the first fault. Mutable, one owner.</summary>
internal sealed class JournalReader(IObjectStore store)
{
    private const int MaxParents = 2;

    public JournalError Error { get; private set; }

    /// <summary>The commit of an entry: its parents are the entry before, if any, and the commit that was served.</summary>
    public Commit? ReadCommit(ObjectId id)
    {
        if (!TryRead(id, ObjectKind.Commit, id.ToString(), out var content) || !Commit.TryParse(content, out var commit, out _))
            return Fail<Commit>(JournalFault.Missing, id.ToString());
        return commit.Parents.Length is >= 1 and <= MaxParents ? commit : Fail<Commit>(JournalFault.BadParents, id.ToString());
    }

    /// <summary>The root folder of an entry, its format checked; null for the zero id and after a fault.</summary>
    public Tree? ReadRoot(ObjectId entry) => entry.IsZero || ReadCommit(entry) is not { } commit ? null : ReadRoot(commit);

    public Tree? ReadRoot(Commit commit)
    {
        if (ReadTree(commit.Tree, commit.Tree.ToString()) is not { } root)
            return null;
        if (root.Find(JournalFormat.FormatFile) is not { IsFile: true } format || !TryRead(format.Id, ObjectKind.Blob, JournalFormat.FormatFile, out var content))
            return Fail<Tree>(JournalFault.Missing, JournalFormat.FormatFile);
        var text = Encoding.UTF8.GetString(content.Span).TrimEnd('\n');
        return text == JournalFormat.Current ? root : Fail<Tree>(JournalFault.NewerFormat, text);
    }

    public ImmutableSortedDictionary<string, TreeEntry> ReadFolder(ObjectId id, string path)
    {
        var entries = ReadTree(id, path)?.Entries ?? [];
        return entries.ToImmutableSortedDictionary(entry => entry.Name, entry => entry, StringComparer.Ordinal);
    }

    public ImmutableSortedDictionary<DomainName, JournalZone>? ReadZones(Commit commit)
    {
        var zones = ImmutableSortedDictionary.CreateBuilder<DomainName, JournalZone>();
        if (ReadRoot(commit)?.Find(JournalFormat.ZonesFolder) is not { } folder)
            return Fail<ImmutableSortedDictionary<DomainName, JournalZone>>(JournalFault.Missing, JournalFormat.ZonesFolder);
        foreach (var shard in ReadTree(folder.Id, JournalFormat.ZonesFolder)?.Entries ?? [])
        {
            foreach (var file in ReadTree(shard.Id, shard.Name)?.Entries ?? [])
            {
                if (ReadZone(file, $"{JournalFormat.ZonesFolder}/{shard.Name}/{file.Name}") is not { } zone)
                    return null;
                zones[zone.Apex] = zone;
            }
        }
        return Error.Fault is JournalFault.None ? zones.ToImmutable() : null;
    }

    /// <summary>The changes of an entry, in canonical order of names; null after a fault.</summary>
    public ImmutableArray<ZoneChange>? ReadChanges(Commit commit)
    {
        var changes = ImmutableArray.CreateBuilder<ZoneChange>();
        if (ReadRoot(commit)?.Find(JournalFormat.ChangesFolder) is { } folder)
        {
            foreach (var file in ReadTree(folder.Id, JournalFormat.ChangesFolder)?.Entries ?? [])
            {
                if (ReadChange(file) is { } change)
                    changes.Add(change);
            }
        }
        changes.Sort(static (left, right) => left.Apex.CompareTo(right.Apex));
        return Error.Fault is JournalFault.None ? changes.DrainToImmutable() : null;
    }

    /// <summary>The change of one zone in an entry; null when the entry does not change it, and after a fault.</summary>
    public ZoneChange? ReadChange(Commit commit, string fileName)
    {
        if (ReadRoot(commit)?.Find(JournalFormat.ChangesFolder) is not { } folder)
            return null;
        return ReadTree(folder.Id, JournalFormat.ChangesFolder)?.Find(fileName) is { } file ? ReadChange(file) : null;
    }

    private ZoneChange? ReadChange(TreeEntry file)
    {
        var path = $"{JournalFormat.ChangesFolder}/{file.Name}";
        if (!TryRead(file.Id, ObjectKind.Blob, path, out var content))
            return null;
        return ZoneChangeText.TryParse(content.Span, out var change) ? change : Fail<ZoneChange>(JournalFault.BadChange, path);
    }

    private JournalZone? ReadZone(TreeEntry file, string path)
    {
        if (!TryRead(file.Id, ObjectKind.Blob, path, out var content))
            return null;
        return JournalZoneText.TryParse(content.Span, out var zone) ? zone : Fail<JournalZone>(JournalFault.BadZone, path);
    }

    private Tree? ReadTree(ObjectId id, string path)
    {
        if (!TryRead(id, ObjectKind.Tree, path, out var content))
            return null;
        return Tree.TryParse(content, out var tree, out _) ? tree : Fail<Tree>(JournalFault.Missing, path);
    }

    private bool TryRead(ObjectId id, ObjectKind kind, string where, out ReadOnlyMemory<byte> content)
    {
        if (store.TryRead(id, out var found, out content) && found == kind)
            return true;
        Fail<object>(JournalFault.Missing, where);
        return false;
    }

    private T? Fail<T>(JournalFault fault, string where)
        where T : class
    {
        if (Error.Fault is JournalFault.None)
            Error = new(fault, where);
        return null;
    }
}
