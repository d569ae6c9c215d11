using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>What is to be done for the zones of a secondary.</summary>
public abstract record SecondaryOutput
{
    private SecondaryOutput()
    {
    }

    /// <summary>Ask a primary. The attempt ends with <see cref="SecondaryInput.Finished"/>.</summary>
    /// <param name="Attempt">Its number.</param>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="Primary">Whom.</param>
    /// <param name="Step">For what.</param>
    /// <param name="Present">The version that we have; null when there is none, or when it has expired. Never null for differences.</param>
    public sealed record Ask(long Attempt, DomainName Apex, PrimaryServer Primary, RefreshStep Step, Zone? Present) : SecondaryOutput;

    /// <summary>End an attempt; nobody waits for what comes of it.</summary>
    public sealed record CallOff(long Attempt) : SecondaryOutput;

    /// <summary>A zone is followed from now on.</summary>
    public sealed record Followed(DomainName Apex, ZoneOrigin Origin) : SecondaryOutput;

    /// <summary>A zone has the version of an earlier run.</summary>
    /// <param name="Zone">The version.</param>
    /// <param name="Steps">What led to it from versions before; may be empty.</param>
    /// <param name="IsExpired">True when it is not served, because no primary was heard for too long.</param>
    public sealed record Recalled(Zone Zone, ImmutableArray<ZoneStep> Steps, bool IsExpired) : SecondaryOutput;

    /// <summary>A zone is no longer followed.</summary>
    public sealed record Left(DomainName Apex, ZoneOrigin Origin) : SecondaryOutput;

    /// <summary>A zone has a new version.</summary>
    /// <param name="Before">The version before; null for the first.</param>
    /// <param name="Zone">The version now.</param>
    /// <param name="Steps">What led from one to the other; empty when the zone came whole.</param>
    /// <param name="Primary">Who gave it.</param>
    /// <param name="Ignored">Records that it held and that lie outside of the zone.</param>
    /// <param name="Refused">Why it is a catalog that cannot be followed, so that the one before is the one to keep; null for everything else.</param>
    public sealed record Changed(Zone? Before, Zone Zone, ImmutableArray<ZoneStep> Steps, PrimaryServer Primary, long Ignored, CatalogFault? Refused) : SecondaryOutput;

    /// <summary>A zone is not served any more, because no primary was heard for too long.</summary>
    public sealed record Expired(DomainName Apex) : SecondaryOutput;

    /// <summary>A zone that had expired is served again, unchanged.</summary>
    public sealed record Restored(DomainName Apex) : SecondaryOutput;

    /// <summary>No primary gave anything.</summary>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="Primary">The last that was asked.</param>
    /// <param name="Failure">What it did.</param>
    /// <param name="RetryAt">When they are asked again.</param>
    public sealed record GaveUp(DomainName Apex, PrimaryServer Primary, RefreshFailure Failure, Elapsed RetryAt) : SecondaryOutput;

    /// <summary>A catalog cannot be followed; what it said before stays in force.</summary>
    public sealed record CatalogRefused(DomainName Apex, CatalogFault Fault) : SecondaryOutput;
}
