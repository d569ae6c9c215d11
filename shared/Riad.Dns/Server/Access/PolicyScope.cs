using System.Diagnostics;
using Riad.Dns.Names;

namespace Riad.Dns.Server.Access;

/// <summary>Which zones, or which names, a line of a policy is about.</summary>
public abstract record PolicyScope
{
    private PolicyScope()
    {
    }

    /// <summary>All zones.</summary>
    public sealed record EveryZone : PolicyScope;

    /// <summary>This zone and all names of it.</summary>
    public sealed record OneZone(DomainName Apex) : PolicyScope;

    /// <summary>The zones at this name and below, and all names of theirs.</summary>
    public sealed record ZonesUnder(DomainName Ancestor) : PolicyScope;

    /// <summary>This name: for updates alone.</summary>
    public sealed record OneName(DomainName Owner) : PolicyScope;

    /// <summary>This name and all below it: for updates alone.</summary>
    public sealed record NamesUnder(DomainName Ancestor) : PolicyScope;

    /// <summary>True when something of the zone is meant.</summary>
    public bool Touches(DomainName zone) => this switch
    {
        EveryZone => true,
        OneZone(var apex) => zone == apex,
        ZonesUnder(var ancestor) => zone.IsAtOrBelow(ancestor),
        OneName(var owner) => owner.IsAtOrBelow(zone),
        NamesUnder(var ancestor) => ancestor.IsAtOrBelow(zone) || zone.IsAtOrBelow(ancestor),
        _ => throw new UnreachableException(),
    };

    /// <summary>True when this name of the zone is meant.</summary>
    public bool Contains(DomainName zone, DomainName owner) => owner.IsAtOrBelow(zone) && this switch
    {
        EveryZone or OneZone or ZonesUnder => Touches(zone),
        OneName(var only) => owner == only,
        NamesUnder(var ancestor) => owner.IsAtOrBelow(ancestor),
        _ => throw new UnreachableException(),
    };
}
