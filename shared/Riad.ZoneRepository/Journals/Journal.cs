using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Journals;

/// <summary>The newest entry of the journal, and what it knows of each zone. Immutable.</summary>
/// <remarks>Layout and reasons: docs/decisions/0004-journal.md.</remarks>
public sealed class Journal
{
    private Journal(ObjectId tip, ObjectId servedCommit, ImmutableSortedDictionary<DomainName, JournalZone> zones) =>
        (Tip, ServedCommit, Zones) = (tip, servedCommit, zones);

    /// <summary>The journal before its first entry.</summary>
    public static Journal Empty { get; } = new(ObjectId.Zero, ObjectId.Zero, ImmutableSortedDictionary<DomainName, JournalZone>.Empty);

    /// <summary>The commit of the newest entry; zero before the first.</summary>
    public ObjectId Tip { get; }

    /// <summary>The commit that the newest entry says is served; zero before the first entry.</summary>
    /// <remarks>The branch may be further without an entry, where nothing that is served changed.</remarks>
    public ObjectId ServedCommit { get; }

    /// <summary>Every zone that was served at any time, in canonical order of names.</summary>
    public ImmutableSortedDictionary<DomainName, JournalZone> Zones { get; }

    /// <summary>Reads the newest entry.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tip">What <see cref="JournalFormat.Ref"/> names; zero when there is no such ref.</param>
    /// <param name="journal">Empty on failure.</param>
    /// <param name="error">The first fault.</param>
    public static bool TryRead(IObjectStore store, ObjectId tip, out Journal journal, out JournalError error)
    {
        journal = Empty;
        error = default;
        if (tip.IsZero)
            return true;
        var reader = new JournalReader(store);
        if (reader.ReadCommit(tip) is { } commit && reader.ReadZones(commit) is { } zones)
            journal = new(tip, commit.Parents[^1], zones);
        error = reader.Error;
        return error.Fault is JournalFault.None;
    }

    /// <summary>Makes the next entry. Deterministic: the same arguments give the same octets.</summary>
    /// <param name="store">Where the objects of the present entry are.</param>
    /// <param name="entry">At least one change.</param>
    /// <param name="signature">Who serves, and when.</param>
    /// <param name="next">The journal once <paramref name="writing"/> is stored; this one on failure.</param>
    /// <param name="writing">What to store; empty on failure.</param>
    /// <param name="error">Why the present entry cannot be read.</param>
    public bool TryAppend(IObjectStore store, JournalEntry entry, Signature signature, out Journal next, out JournalWriting writing, out JournalError error)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Changes.Count == 0)
            throw new ArgumentException("an entry has at least one change", nameof(entry));
        (next, writing) = (this, new(Tip, []));
        var reader = new JournalReader(store);
        var writer = new JournalWriter();
        var root = reader.ReadRoot(Tip);
        var zones = ImmutableSortedDictionary<string, TreeEntry>.Empty;
        if (root?.Find(JournalFormat.ZonesFolder) is { } folder)
            zones = reader.ReadFolder(folder.Id, JournalFormat.ZonesFolder);
        foreach (var shard in entry.Zones.GroupBy(zone => JournalFormat.ShardOf(ZoneFileName.Print(zone.Apex)), StringComparer.Ordinal))
        {
            var files = ImmutableSortedDictionary<string, TreeEntry>.Empty;
            if (zones.TryGetValue(shard.Key, out var present))
                files = reader.ReadFolder(present.Id, $"{JournalFormat.ZonesFolder}/{shard.Key}");
            foreach (var zone in shard)
                files = files.SetItem(ZoneFileName.Print(zone.Apex), writer.AddFile(ZoneFileName.Print(zone.Apex), JournalZoneText.Print(zone)));
            zones = zones.SetItem(shard.Key, writer.AddFolder(shard.Key, files.Values));
        }
        error = reader.Error;
        if (error.Fault is not JournalFault.None)
            return false;
        writing = writer.Finish(Tip, entry, zones.Values, signature);
        next = new(writing.Entry, entry.Commit, Zones.SetItems(entry.Zones.Select(zone => KeyValuePair.Create(zone.Apex, zone))));
        return true;
    }
}
