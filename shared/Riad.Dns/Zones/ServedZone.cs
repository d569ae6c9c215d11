using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>Why a zone that is ours has nothing to serve.</summary>
public enum ZoneAbsence
{
    /// <summary>It was not loaded yet.</summary>
    NotReady,

    /// <summary>What was loaded was faulty, and no good version came before it.</summary>
    Invalid,

    /// <summary>It came from a primary that could not be asked for too long (RFC 1034 §4.3.5).</summary>
    Expired,
}

/// <summary>One zone of a set: its present version, or why there is none.</summary>
public sealed class ServedZone
{
    internal ServedZone(Zone zone, ZonePlace place) => (Apex, Zone, Place) = (zone.Apex, zone, place);

    internal ServedZone(DomainName apex, ZoneAbsence absence, ZonePlace place) => (Apex, Absence, Place) = (apex, absence, place);

    /// <summary>The zone's name.</summary>
    public DomainName Apex { get; }

    /// <summary>The version served; null when there was never a good one, or it has expired.</summary>
    public Zone? Zone { get; }

    /// <summary>Meaningful only when <see cref="Zone"/> is null.</summary>
    public ZoneAbsence Absence { get; }

    internal ZonePlace Place { get; }
}
