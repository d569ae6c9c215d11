using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Names;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Serving;

/// <summary>All zones of a commit, each read, or found to be what is served.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Tree">What each entry of its root folder is.</param>
/// <param name="Zones">By name, in canonical order.</param>
public sealed record RepositoryReading(ObjectId Commit, ZoneTree Tree, ImmutableSortedDictionary<DomainName, ZoneReading> Zones)
{
    /// <summary>Reads a commit. Only zones whose file or includes changed are parsed, and of a large file only what differs.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="commit">What to read.</param>
    /// <param name="served">What is served now.</param>
    /// <param name="reading">Null on failure.</param>
    /// <param name="fault">One line: the commit or its root folder is not in the store.</param>
    public static bool TryRead(
        IObjectStore store, ObjectId commit, ServedState served, [NotNullWhen(true)] out RepositoryReading? reading, [NotNullWhen(false)] out string? fault)
    {
        (reading, fault) = (null, null);
        if (!TryReadRoot(store, commit, out var root))
        {
            fault = $"commit {commit} cannot be read";
            return false;
        }
        var files = new RepositoryFiles(store, root);
        var candidates = ZoneTree.Read(store, root, served.Journal.Zones.ContainsKey, served.Tree);
        var readings = candidates.Zones.ToDictionary(zone => zone.Path, zone => Read(files, zone, served), StringComparer.Ordinal);
        var tree = candidates.Settle(path => readings[path].Sources.Skip(1).Select(source => source.Path));
        var zones = tree.Zones.ToImmutableSortedDictionary(zone => zone.Apex, zone => readings[zone.Path]);
        reading = new(commit, tree, zones);
        return true;
    }

    internal static bool TryReadRoot(IObjectStore store, ObjectId commit, [NotNullWhen(true)] out Tree? root)
    {
        root = null;
        return store.TryRead(commit, out var kind, out var content) && kind is ObjectKind.Commit
            && Git.Objects.Commit.TryParse(content, out var parsed, out _)
            && store.TryRead(parsed.Tree, out kind, out content) && kind is ObjectKind.Tree
            && Git.Objects.Tree.TryParse(content, out root, out _);
    }

    private static ZoneReading Read(RepositoryFiles files, ZoneTreeEntry.Zone file, ServedState served)
    {
        if (served.Zones.TryGetValue(file.Apex, out var zone) && IsSame(files, file, zone))
            return new ZoneReading.Same(file, zone);
        return ZoneFile.Read(files, file, zone);
    }

    private static bool IsSame(RepositoryFiles files, ZoneTreeEntry.Zone file, ZoneVersion zone)
    {
        if (zone.Sources[0] != new SourceFile(file.Path, file.Id))
            return false;
        foreach (var include in zone.Sources.AsSpan()[1..])
        {
            if (files.TryFind(System.Text.Encoding.UTF8.GetBytes(include.Path), out var found) is not FileFault.None || found != include)
                return false;
        }
        return true;
    }
}
