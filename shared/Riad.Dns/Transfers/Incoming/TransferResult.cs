using System.Collections.Immutable;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Incoming;

/// <summary>What an incoming transfer came to.</summary>
public abstract record TransferResult
{
    private TransferResult()
    {
    }

    /// <summary>The primary has the version that we have.</summary>
    public sealed record Current(Serial Serial) : TransferResult;

    /// <summary>The whole zone, also where differences were asked for.</summary>
    /// <param name="Zone">The new version.</param>
    /// <param name="Ignored">Records that were left out because they lie outside of the zone.</param>
    public sealed record Whole(Zone Zone, long Ignored) : TransferResult;

    /// <summary>Differences, applied.</summary>
    /// <param name="Zone">The new version.</param>
    /// <param name="Steps">At least one, each beginning where the one before ends.</param>
    /// <param name="Ignored">Records that were left out because they lie outside of the zone.</param>
    public sealed record Differences(Zone Zone, ImmutableArray<ZoneStep> Steps, long Ignored) : TransferResult;
}
