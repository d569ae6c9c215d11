using System.Collections.Immutable;
using Riad.Dns.Messages;
using Riad.Dns.Transfers.Incoming;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>Makes one step of many: what was added and removed again is not sent.</summary>
/// <remarks>Source: RFC 1995 §5. A record whose TTL changed is another record.</remarks>
public static class StepCondenser
{
    /// <summary>Makes one step. Allocates for what the steps hold, once.</summary>
    /// <param name="steps">At least one, each beginning where the one before ends.</param>
    /// <returns>What comes and goes in the order in which it was first named.</returns>
    public static ZoneStep Condense(IReadOnlyList<ZoneStep> steps)
    {
        if (steps.Count == 1)
            return steps[0];
        var order = new List<ResourceRecord>();
        var states = new Dictionary<ResourceRecord, State>();
        foreach (var step in steps)
        {
            foreach (var record in step.Removed)
                Note(record, isThere: false);
            foreach (var record in step.Added)
                Note(record, isThere: true);
        }
        return new(steps[0].OldSoa, steps[^1].NewSoa, Pick(new(WasThere: true, IsThere: false)), Pick(new(WasThere: false, IsThere: true)));

        void Note(ResourceRecord record, bool isThere)
        {
            if (states.TryGetValue(record, out var state))
            {
                states[record] = state with { IsThere = isThere };
                return;
            }
            order.Add(record);
            states.Add(record, new(!isThere, isThere)); // what is removed first was there
        }

        ImmutableArray<ResourceRecord> Pick(State wanted) => [.. order.Where(record => states[record] == wanted)];
    }

    /// <summary>What became of a record.</summary>
    private readonly record struct State(bool WasThere, bool IsThere);
}
