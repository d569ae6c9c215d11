using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.ZoneRepository.Copies;

namespace Riad.DnsSecondary.Keeping;

/// <summary>What waits to be kept: of each zone one change. Safe from any thread.</summary>
internal sealed class PendingCopies
{
    private const long MaxRecords = 500_000; // in one commit, so that its memory is bounded: at least one zone, however large
    private const long LeastSteps = 100;

    private readonly Lock gate = new();
    private readonly SortedDictionary<DomainName, CopyChange> pending = [];

    /// <summary>True when nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
                return pending.Count == 0;
        }
    }

    /// <summary>Adds a change after what waits already.</summary>
    public void Add(CopyChange change)
    {
        lock (gate)
            pending[change.Apex] = pending.TryGetValue(change.Apex, out var earlier) ? Join(earlier, change) : change;
    }

    /// <summary>Takes as much as one commit holds; empty when nothing waits.</summary>
    public ImmutableArray<CopyChange> Take()
    {
        lock (gate)
        {
            var taken = ImmutableArray.CreateBuilder<CopyChange>();
            var records = 0L;
            foreach (var change in pending.Values)
            {
                records += change is CopyChange.Version version ? version.Zone.RecordCount : 0;
                if (taken.Count > 0 && records > MaxRecords)
                    break;
                taken.Add(change);
            }
            foreach (var change in taken)
                pending.Remove(change.Apex);
            return taken.DrainToImmutable();
        }
    }

    /// <summary>Puts back what could not be kept, before what came meanwhile.</summary>
    public void Return(ImmutableArray<CopyChange> changes)
    {
        lock (gate)
        {
            foreach (var change in changes)
                pending[change.Apex] = pending.TryGetValue(change.Apex, out var later) ? Join(change, later) : change;
        }
    }

    /// <summary>Two changes of a zone as one. Steps are kept while they are shorter than the zone, and lead from one to the other.</summary>
    private static CopyChange Join(CopyChange first, CopyChange then)
    {
        if (then is not CopyChange.Version { Steps.IsEmpty: false } version)
            return then;
        if (first is not CopyChange.Version { Steps.IsEmpty: false } before || before.Steps[^1].To != version.Steps[0].From)
            return version with { Steps = [] };
        var steps = before.Steps.AddRange(version.Steps);
        var records = steps.Sum(step => (long)step.Removed.Length + step.Added.Length + 2);
        return version with { Steps = records > Math.Max(LeastSteps, version.Zone.RecordCount) ? [] : steps };
    }
}
