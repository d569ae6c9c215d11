using System.Collections.Immutable;
using Riad.Dns.Records;

namespace Riad.ZoneRepository.Serials;

/// <summary>One step on the way to a serial that is not newer.</summary>
/// <param name="Serial">Served from this step on.</param>
/// <param name="IsJump">Longer than <see cref="SerialRule.LongestStep"/>: a push takes it only when it is asked to.</param>
/// <param name="WaitAtLeast">Until the next step: the refresh and retry periods, in which a secondary that can reach us fetches the step. Zero for the last step.</param>
/// <param name="WaitSurely">Until the next step, so that a secondary that could not reach us has given the zone up: the expire period. Zero for the last step.</param>
public readonly record struct SerialStep(Serial Serial, bool IsJump, TimeSpan WaitAtLeast, TimeSpan WaitSurely);

/// <summary>Leads a zone's secondaries around the circle to a serial that they would take for an older one.</summary>
/// <remarks>Source: RFC 1982 §7, RFC 2182 §7. Pure, and a plan from any step of a plan is the rest of it.</remarks>
public static class SerialReset
{
    /// <summary>The serials to serve one after the other. Empty when the target is served already.</summary>
    /// <param name="served">What is served now, with the periods that secondaries keep.</param>
    /// <param name="target">Not 0, which is never served.</param>
    public static ImmutableArray<SerialStep> Plan(Soa served, Serial target)
    {
        ArgumentNullException.ThrowIfNull(served);
        if (target.Value == 0)
            throw new ArgumentException("serial 0 is never served", nameof(target));
        var atLeast = TimeSpan.FromSeconds((double)served.Refresh + served.Retry);
        var surely = TimeSpan.FromSeconds(served.Expire);
        var steps = ImmutableArray.CreateBuilder<SerialStep>();
        var now = served.Serial;
        while (target.StepsFrom(now) > Serial.MaxStep)
        {
            now = LongestStepFrom(now);
            steps.Add(new(now, IsJump: true, atLeast, surely));
        }
        if (target != now)
            steps.Add(new(target, target.StepsFrom(now) > SerialRule.LongestStep, default, default));
        return steps.DrainToImmutable();
    }

    // One short of the longest where that would be zero.
    private static Serial LongestStepFrom(Serial now) =>
        now.Add(Serial.MaxStep) is { Value: not 0 } next ? next : now.Add(Serial.MaxStep - 1);
}
