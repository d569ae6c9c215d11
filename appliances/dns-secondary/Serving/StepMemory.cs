using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.DnsSecondary.Serving;

/// <summary>Remembers how zones changed, so that further secondaries get differences too. Safe from any thread.</summary>
/// <remarks>Of each zone so many steps, and no more records than the zone has: beyond that the whole zone is shorter.</remarks>
internal sealed class StepMemory
{
    private const int MaxSteps = 100;
    private const long MinRecords = 100; // of a small zone a few steps are kept all the same

    private readonly Lock gate = new();
    private readonly Dictionary<DomainName, ImmutableArray<ZoneStep>> kept = [];

    /// <summary>A zone has a new version.</summary>
    /// <param name="zone">The version.</param>
    /// <param name="steps">What led to it from the one before; empty when it came whole, so that what was known is of no use.</param>
    public void Take(Zone zone, ImmutableArray<ZoneStep> steps)
    {
        lock (gate)
        {
            var all = steps.IsEmpty ? [] : kept.GetValueOrDefault(zone.Apex, []).AddRange(steps);
            var records = all.Sum(Size);
            var first = 0;
            while (first < all.Length && (all.Length - first > MaxSteps || records > Math.Max(MinRecords, zone.RecordCount)))
                records -= Size(all[first++]);
            kept[zone.Apex] = all[first..];
        }
    }

    /// <summary>A zone is no longer followed.</summary>
    public void Forget(DomainName apex)
    {
        lock (gate)
            kept.Remove(apex);
    }

    /// <summary>The steps from a version to the one that is served; null when they are not known.</summary>
    public ImmutableArray<ZoneStep>? Find(Zone served, Serial from)
    {
        ImmutableArray<ZoneStep> steps;
        lock (gate)
            steps = kept.GetValueOrDefault(served.Apex, []);
        if (steps.IsEmpty || steps[^1].To != served.Serial)
            return null;
        for (var first = 0; first < steps.Length; first++)
        {
            if (steps[first].From == from)
                return steps[first..];
        }
        return null;
    }

    private static long Size(ZoneStep step) => step.Removed.Length + step.Added.Length + 2;
}
