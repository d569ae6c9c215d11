using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Files;

/// <summary>What each entry of a commit's root folder is.</summary>
/// <remarks>
/// <c>X.zone</c> is always the zone X. A bare <c>X</c> is a zone when it holds an SOA record or was served before, unless
/// another zone includes it: that is known only once the zones were read, so <see cref="Read"/> gives candidates and
/// <see cref="Settle"/> the answer. Names of zones compare without regard to case.
/// </remarks>
public sealed class ZoneTree
{
    private const int TextProbeOctets = 8000;

    private readonly ImmutableSortedDictionary<string, ZoneTreeEntry> byPath;

    private ZoneTree(ImmutableSortedDictionary<string, ZoneTreeEntry> byPath) => this.byPath = byPath;

    /// <summary>The tree of a repository without a commit.</summary>
    public static ZoneTree Empty { get; } = new(ImmutableSortedDictionary.Create<string, ZoneTreeEntry>(StringComparer.Ordinal));

    /// <summary>Every entry, by path.</summary>
    public IEnumerable<ZoneTreeEntry> Entries => byPath.Values;

    /// <summary>The zones.</summary>
    public IEnumerable<ZoneTreeEntry.Zone> Zones => byPath.Values.OfType<ZoneTreeEntry.Zone>();

    /// <summary>What must be mended before the zones can be served.</summary>
    public IEnumerable<ZoneTreeEntry.Fault> Faults => byPath.Values.OfType<ZoneTreeEntry.Fault>();

    /// <summary>What is left alone, each with its reason.</summary>
    public IEnumerable<ZoneTreeEntry.Ignored> Ignored => byPath.Values.OfType<ZoneTreeEntry.Ignored>();

    /// <summary>The entry of that name; null when there is none.</summary>
    public ZoneTreeEntry? Find(string path) => byPath.GetValueOrDefault(path);

    /// <summary>Tells what the entries of a root folder are, as far as that is known before the zones are read.</summary>
    /// <param name="store">Where the blobs are; only bare files that <paramref name="previous"/> does not know are read.</param>
    /// <param name="root">The root folder.</param>
    /// <param name="wasServed">True for a zone that was served at any time.</param>
    /// <param name="previous">The tree of another commit, so that what did not change is not read again.</param>
    public static ZoneTree Read(IObjectStore store, Tree root, Func<DomainName, bool> wasServed, ZoneTree previous)
    {
        var entries = Empty.byPath.ToBuilder();
        foreach (var entry in root.Entries)
            entries[entry.Name] = Classify(store, entry, wasServed, previous);
        return new(entries.ToImmutable());
    }

    /// <summary>The tree once it is known which files each zone includes.</summary>
    /// <param name="includes">For the path of a zone, the paths of the files that it includes, however deep.</param>
    public ZoneTree Settle(Func<string, IEnumerable<string>> includes)
    {
        var entries = byPath.ToBuilder();
        foreach (var path in FindIncludedOnly(includes))
            entries[path] = new ZoneTreeEntry.IncludedOnly(path, entries[path].Id);
        var zones = entries.Values.OfType<ZoneTreeEntry.Zone>();
        foreach (var twins in zones.GroupBy(zone => zone.Apex).Where(group => group.Count() > 1).ToList())
        {
            var (first, second) = (twins.First(), twins.ElementAt(1));
            foreach (var zone in twins)
                entries[zone.Path] = new ZoneTreeEntry.Fault(zone.Path, zone.Id, ZoneTreeFault.TwoFiles, zone.Apex, zone == first ? second.Path : first.Path);
        }
        return new(entries.ToImmutable());
    }

    /// <summary>The tree of a commit that changed the content of some files, and of no file what it is.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="find">The new object of an entry of the root folder; null when there is none.</param>
    internal ZoneTree WithContents(IEnumerable<string> paths, Func<string, ObjectId?> find)
    {
        var entries = byPath;
        foreach (var name in paths.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal))
        {
            if (entries.TryGetValue(name, out var entry) && find(name) is { } id)
                entries = entries.SetItem(name, entry.WithId(id));
        }
        return new(entries);
    }

    private List<string> FindIncludedOnly(Func<string, IEnumerable<string>> includes)
    {
        var included = new HashSet<string>(StringComparer.Ordinal);
        foreach (var zone in Zones)
            included.UnionWith(includes(zone.Path).Where(path => path != zone.Path));
        bool IsCandidate(string path) => byPath.GetValueOrDefault(path) is ZoneTreeEntry.Zone && !ZoneFileName.HasSuffix(path);
        // What only such files include that are parts themselves stays a zone, or two files that include each other would vanish.
        var wholes = Zones.Where(zone => !included.Contains(zone.Path) || !IsCandidate(zone.Path)).ToList();
        var parts = new HashSet<string>(wholes.SelectMany(zone => includes(zone.Path).Where(path => path != zone.Path)), StringComparer.Ordinal);
        return [.. parts.Where(IsCandidate)];
    }

    private static ZoneTreeEntry Classify(IObjectStore store, TreeEntry entry, Func<DomainName, bool> wasServed, ZoneTree previous)
    {
        var (path, id) = (entry.Name, entry.Id);
        if (ZoneFileName.IsKeyFile(path))
            return new ZoneTreeEntry.KeyFile(path, id);
        if (path.StartsWith('.'))
            return new ZoneTreeEntry.Ignored(path, id, IgnoredReason.DotFile);
        var suffixed = ZoneFileName.HasSuffix(path);
        if (suffixed && ZoneFileName.IsKeyFile(ZoneFileName.WithoutSuffix(path)))
            return new ZoneTreeEntry.Fault(path, id, ZoneTreeFault.KeyFileAsZone, null, null);
        if (!ZoneFileName.TryParse(path, out var apex))
        {
            return suffixed && entry.IsFile
                ? new ZoneTreeEntry.Fault(path, id, ZoneTreeFault.NotADomainName, null, null)
                : new ZoneTreeEntry.Ignored(path, id, ReasonByMode(entry.Mode) ?? IgnoredReason.NotADomainName);
        }
        var isZone = suffixed || wasServed(apex);
        if (ReasonByMode(entry.Mode) is { } reason)
        {
            return isZone && !entry.IsDirectory
                ? new ZoneTreeEntry.Fault(path, id, ZoneTreeFault.NotAFile, apex, null)
                : new ZoneTreeEntry.Ignored(path, id, reason);
        }
        return isZone ? ClassifyZone(store, path, id, apex) : ClassifyBare(store, path, id, apex, previous);
    }

    private static ZoneTreeEntry ClassifyZone(IObjectStore store, string path, ObjectId id, DomainName apex)
    {
        if (!store.TryReadHeader(id, out var kind, out var octets) || kind is not ObjectKind.Blob)
            return new ZoneTreeEntry.Fault(path, id, ZoneTreeFault.Missing, apex, null);
        if (octets > RepositoryFiles.MaxFileOctets)
            return new ZoneTreeEntry.Fault(path, id, ZoneTreeFault.TooLarge, apex, null);
        return new ZoneTreeEntry.Zone(path, id, apex);
    }

    private static ZoneTreeEntry ClassifyBare(IObjectStore store, string path, ObjectId id, DomainName apex, ZoneTree previous)
    {
        if (ZoneFileName.IsDocument(path))
            return new ZoneTreeEntry.Ignored(path, id, IgnoredReason.Document);
        if (previous.Find(path) is ZoneTreeEntry.Ignored or ZoneTreeEntry.Zone && previous.Find(path)!.Id == id)
            return previous.Find(path)!;
        var zone = ClassifyZone(store, path, id, apex);
        if (zone is not ZoneTreeEntry.Zone)
            return zone;
        if (!store.TryRead(id, out _, out var content))
            return new ZoneTreeEntry.Fault(path, id, ZoneTreeFault.Missing, apex, null);
        if (content.Span[..Math.Min(content.Length, TextProbeOctets)].Contains((byte)0))
            return new ZoneTreeEntry.Ignored(path, id, IgnoredReason.NotText);
        return SoaScan.TryFind(content.Span, out _, out _) ? zone : new ZoneTreeEntry.Ignored(path, id, IgnoredReason.NoSoaRecord);
    }

    private static IgnoredReason? ReasonByMode(EntryMode mode) => mode switch
    {
        EntryMode.Directory => IgnoredReason.Folder,
        EntryMode.SymbolicLink => IgnoredReason.SymbolicLink,
        EntryMode.Submodule => IgnoredReason.Submodule,
        EntryMode.File or EntryMode.GroupWritableFile or EntryMode.Executable => null,
    };
}
