using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Serving;

/// <summary>Everything that is served, and from where. Immutable, replaced whole.</summary>
public sealed record ServedState
{
    private ServedState()
    {
    }

    /// <summary>Before the first commit.</summary>
    public static ServedState Empty { get; } = new();

    /// <summary>The commit of the branch that was last looked at; zero before the first.</summary>
    public ObjectId Commit { get; internal init; }

    /// <summary>What was served until now.</summary>
    public Journal Journal { get; internal init; } = Journal.Empty;

    /// <summary>What the entries of that commit's root folder are.</summary>
    public ZoneTree Tree { get; internal init; } = ZoneTree.Empty;

    /// <summary>The zones, in canonical order of names.</summary>
    public ImmutableSortedDictionary<DomainName, ZoneVersion> Zones { get; internal init; } = ImmutableSortedDictionary<DomainName, ZoneVersion>.Empty;

    /// <summary>Zones whose newest version cannot be served, in the order of their files. Empty when all is well.</summary>
    public ImmutableArray<DegradedZone> Degraded { get; internal init; } = [];

    /// <summary>Zones of which the branch lost several at once, and that stay served until they are back, or until a commit says that they go.</summary>
    public ImmutableHashSet<DomainName> Missing { get; internal init; } = [];

    /// <summary>The zones as they answer questions: one root, to be swapped whole.</summary>
    /// <remarks>Made anew at each call; its cost grows with the number of zones.</remarks>
    public ZoneSet ToZoneSet()
    {
        var set = ZoneSet.Empty.With(Zones.Values.Select(version => version.Zone));
        return NeverGood.Aggregate(set, (with, apex) => with.WithoutGoodVersion(apex, ZoneAbsence.Invalid));
    }

    /// <summary>Zones that are ours and were never good: asked for, they are answered with SERVFAIL.</summary>
    public IEnumerable<DomainName> NeverGood => Degraded.Where(zone => zone.Apex is not null && !Zones.ContainsKey(zone.Apex)).Select(zone => zone.Apex!).Distinct();
}
