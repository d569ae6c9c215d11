using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Updates;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.Git.Trees;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Updates;

/// <summary>Updates that are judged one after another, each a commit on the one before, and stored together.</summary>
/// <remarks>
/// A mutable engine, one owner, used once. The same objects, state, messages and signature give the same octets. Nothing is
/// stored: whoever cannot store what <see cref="TryFinish"/> gives drops the group, and nothing has happened.
/// </remarks>
public sealed class UpdateGroup
{
    private readonly ServedState served;
    private readonly MemoryObjectStore store;
    private readonly bool strictSerials;
    private readonly Signature server;
    private readonly KnownTexts texts;
    private readonly Dictionary<DomainName, UpdatedZone> zones = [];
    private readonly HashSet<ObjectId> added = [];
    private readonly ImmutableArray<GitObject>.Builder objects = ImmutableArray.CreateBuilder<GitObject>();
    private readonly ImmutableArray<ObjectDelta>.Builder deltas = ImmutableArray.CreateBuilder<ObjectDelta>();
    private readonly HashSet<string> edited = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectId, ObjectId> earlier = []; // folders
    private ObjectId tip;
    private ObjectId root;

    /// <summary>Begins a group.</summary>
    /// <param name="store">The repository.</param>
    /// <param name="served">What is served: its commit is where the branch is.</param>
    /// <param name="strictSerials"><c>--serial strict</c>: only updates that bring a newer SOA are taken.</param>
    /// <param name="server">Who commits, and when.</param>
    /// <param name="texts">What earlier groups left.</param>
    public UpdateGroup(IObjectStore store, ServedState served, bool strictSerials, Signature server, KnownTexts texts)
    {
        ArgumentNullException.ThrowIfNull(served);
        (this.served, this.strictSerials, this.server, this.texts) = (served, strictSerials, server, texts);
        this.store = new(store);
        tip = served.Commit;
        if (store.TryRead(tip, out var kind, out var content) && kind is ObjectKind.Commit && Commit.TryParse(content, out var commit, out _))
            root = commit.Tree;
    }

    /// <summary>Judges one update, and makes its commit if it changes something.</summary>
    /// <param name="message">What the client wants.</param>
    /// <param name="origin">Who the client is.</param>
    /// <param name="isGranted">What it may change.</param>
    public UpdateOutcome Apply(UpdateMessage message, UpdateOrigin origin, Func<DomainName, ushort, bool> isGranted)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(origin);
        if (Open(message.Zone, out var refusal) is not { } zone)
            return refusal;
        return UpdateJudgement.Judge(zone.Zone, message, isGranted) switch
        {
            UpdateVerdict.Refused refused => new UpdateOutcome.Refused(refused.Code, refused.Reason),
            UpdateVerdict.WithoutEffect => new UpdateOutcome.WithoutEffect(),
            UpdateVerdict.Changed changed => Change(zone, changed.Changes, origin),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Puts together what is to be stored.</summary>
    /// <param name="writing">Null when no update made a commit, and when the journal cannot be read.</param>
    /// <param name="fault">Why the journal cannot be read; else null.</param>
    public bool TryFinish([NotNullWhen(true)] out UpdateWriting? writing, out string? fault)
    {
        (writing, fault) = (null, null);
        if (tip == served.Commit)
            return false;
        var (changes, known, versions) = (new List<ZoneChange>(), new List<JournalZone>(), served.Zones);
        foreach (var (apex, zone) in zones.OrderBy(zone => zone.Key))
        {
            versions = versions.SetItem(apex, zone.Finish(tip, out var change));
            if (change is not { } made)
                continue;
            changes.Add(made.Change);
            known.Add(made.Zone);
        }
        var (journal, entry) = (served.Journal, (ObjectId?)null);
        if (changes.Count > 0)
        {
            if (!served.Journal.TryAppend(store, new(tip, changes.ToSeq(), known.ToSeq()), server, out journal, out var appended, out var error))
            {
                fault = error.ToString();
                return false;
            }
            objects.AddRange(appended.Objects);
            entry = appended.Entry;
        }
        var next = served with { Commit = tip, Journal = journal, Zones = versions, Tree = served.Tree.WithContents(edited, FindInRoot()) };
        writing = new(next, tip, new(objects.ToImmutable(), deltas.ToImmutable()) { EarlierVersions = earlier }, entry, [.. changes]);
        return true;
    }

    /// <summary>Keeps the texts for the next group: once this one is stored, or made no commit.</summary>
    public void KeepTexts()
    {
        foreach (var (apex, zone) in zones)
            texts.Keep(apex, zone.Texts);
    }

    /// <summary>The zone as the updates before left it; null, and why, when it cannot be updated.</summary>
    private UpdatedZone? Open(DomainName apex, out UpdateOutcome.Refused refusal)
    {
        refusal = new(ResponseCode.NotAuthoritative, $"no zone {apex.ToStringWithoutFinalDot()} is served");
        if (zones.TryGetValue(apex, out var zone))
            return zone;
        if (served.Degraded.FirstOrDefault(bad => bad.Apex == apex) is { } degraded)
            refusal = new(ResponseCode.ServerFailure, $"the branch has a version of the zone that cannot be served: {degraded.Reasons[0]}");
        else if (served.Zones.TryGetValue(apex, out var version))
        {
            var files = texts.Take(apex, version.Sources) ?? new(apex, version.Sources);
            files.BeginGroup(store, path => IsReadElsewhere(apex, path));
            zones[apex] = zone = new(version, files, strictSerials);
        }
        return zone;
    }

    /// <summary>A zone that never was good may read any file.</summary>
    private bool IsReadElsewhere(DomainName apex, string path) =>
        served.NeverGood.Any() || served.Zones.Any(other => other.Key != apex && other.Value.Sources.Any(source => source.Path == path));

    private UpdateOutcome Change(UpdatedZone zone, Seq<SetChange> changes, UpdateOrigin origin)
    {
        var versions = new NewVersions();
        if (!zone.TryChange(changes, versions, out var blobs, out var reason))
            return new UpdateOutcome.Refused(ResponseCode.Refused, reason);
        foreach (var blob in versions.Whole)
            Store(blob);
        deltas.AddRange(versions.Deltas.Where(delta => added.Add(delta.Id)));
        edited.UnionWith(blobs.Keys);
        var edits = blobs.Select(blob => new PathEdit(blob.Key, ModeOf(blob.Key), blob.Value));
        if (!TreeEdit.TryApply(store, root, edits, out var tree, out var error))
            throw new UnreachableException($"the commit that is served has its trees: {error}");
        foreach (var folder in tree.NewTrees)
            Store(folder);
        if (!Signature.TryCreate(UpdateWords.Author(origin), "", origin.At, out var author))
            throw new UnreachableException("a key's name is a good author");
        var commit = Commit.Create(tree.Root, [tip], author, server, UpdateWords.Message(zone.Zone.Apex, changes, origin));
        var made = GitObject.Create(ObjectKind.Commit, commit.Octets);
        Store(made);
        if (tree.Root != root && added.Contains(root))
            earlier.TryAdd(tree.Root, root);
        (tip, root) = (made.Id, tree.Root);
        return new UpdateOutcome.Committed(tip, commit.Subject);
    }

    private EntryMode ModeOf(string path) => TreePath.Find(store, root, path)?.Mode ?? EntryMode.File;

    private Func<string, ObjectId?> FindInRoot()
    {
        var folder = TreePath.TryReadTree(store, root);
        return name => folder?.Find(name)?.Id;
    }

    private void Store(GitObject made)
    {
        store.Add(made);
        if (added.Add(made.Id))
            objects.Add(made);
    }
}
