using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Records;

namespace Riad.Dns.Secondary;

/// <summary>Keeps one zone up to date: when to ask which primary for what, and when the zone has expired.</summary>
/// <remarks>
/// <para>
/// A value. A round begins when the refresh or retry time has come, or with a NOTIFY. It asks the preferred primary for the
/// SOA, then for differences when there is something newer, then for the whole zone when the differences will not do; then the
/// next primary. A NOTIFY that tells a newer serial begins with the differences. At most one primary is asked at a time.
/// </para>
/// <para>
/// After a round in vain the wait grows: from retry, doubling, up to refresh. A NOTIFY ends the wait, but never sooner than
/// <see cref="TimerBounds.Least"/> after a round that brought nothing, so that a wrong serial in it makes no loop.
/// </para>
/// Source: RFC 1034 §4.3.5, RFC 1996 §3, RFC 1995 §4, RFC 7314 §4.
/// </remarks>
public sealed record ZoneMaintenance
{
    private const double JitterPart = 0.25; // as much earlier at most, so that many zones do not stay in step
    private const int MaxDoublings = 16;

    private readonly TimerBounds bounds;

    /// <summary>A zone without a version, to be asked for at the first tick.</summary>
    /// <param name="primaries">How many there are; at least 1.</param>
    /// <param name="bounds">Of the timers.</param>
    /// <param name="now">The present.</param>
    public ZoneMaintenance(int primaries, TimerBounds bounds, Elapsed now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(primaries, 1);
        ArgumentNullException.ThrowIfNull(bounds);
        (Primaries, this.bounds) = (primaries, bounds);
        NextAt = now;
    }

    /// <summary>The same zone with a version from an earlier run, to be asked for at the first tick.</summary>
    /// <param name="recalled">The version and how old it is.</param>
    /// <param name="now">The present.</param>
    public ZoneMaintenance Recall(RecalledZone recalled, Elapsed now)
    {
        ArgumentNullException.ThrowIfNull(recalled);
        var most = bounds.ExpireOf(recalled.Zone.Soa);
        return this with
        {
            Soa = recalled.Zone.Soa,
            LastContact = now - recalled.Age,
            ExpiresAt = now + (recalled.Left < most ? recalled.Left : most),
            IsExpired = recalled.Left <= TimeSpan.Zero,
            IsUnconfirmed = true,
        };
    }

    /// <summary>The same zone with other primaries, of whom the first is to be asked at the next tick, which is due at once.</summary>
    /// <param name="primaries">How many there are; at least 1.</param>
    /// <param name="now">The present. What was asked before has no answer any more.</param>
    public ZoneMaintenance TurnTo(int primaries, Elapsed now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(primaries, 1);
        return this with
        {
            Primaries = primaries,
            Preferred = 0,
            LastAsked = 0,
            Running = null,
            Waiting = (Waiting?.Hint ?? Running?.Hint) is { } hint ? new(Primary: 0, hint) : null,
            NextAt = now,
        };
    }

    /// <summary>The SOA of the version that we have; null when there is none.</summary>
    public Soa? Soa { get; private init; }

    /// <summary>When the next round begins; null while one is under way.</summary>
    public Elapsed? NextAt { get; private init; }

    /// <summary>When the version that we have expires; null when there is none.</summary>
    public Elapsed? ExpiresAt { get; private init; }

    /// <summary>True when the version that we have is not to be served.</summary>
    public bool IsExpired { get; private init; }

    /// <summary>True while the version that we have is that of an earlier run, and no primary was heard since.</summary>
    public bool IsUnconfirmed { get; private init; }

    /// <summary>When a primary last gave a version, or said that ours is the newest.</summary>
    public Elapsed? LastContact { get; private init; }

    /// <summary>Why the last round was in vain; null when it was not.</summary>
    public RefreshFailure? LastFailure { get; private init; }

    /// <summary>Rounds in vain since the last contact.</summary>
    public int Failures { get; private init; }

    /// <summary>The primary that was asked last, or is asked now.</summary>
    public int LastAsked { get; private init; }

    /// <summary>When a tick is due; null when nothing is.</summary>
    public Elapsed? WakeAt => (NextAt, IsExpired ? null : ExpiresAt) switch
    {
        ({ } next, { } expires) => next < expires ? next : expires,
        (var next, var expires) => next ?? expires,
    };

    private int Primaries { get; init; }

    private Attempt? Running { get; init; }

    private Notice? Waiting { get; init; }

    private Elapsed QuietUntil { get; init; }

    private int Preferred { get; init; }

    /// <summary>Goes on.</summary>
    /// <param name="input">What happened. An answer that nothing was asked for is a bug.</param>
    /// <param name="now">Not before that of the last step.</param>
    /// <param name="chance">Random: 0 up to, not including, 1.</param>
    public (ZoneMaintenance Next, ImmutableArray<MaintenanceOutput> Outputs) Step(MaintenanceInput input, Elapsed now, double chance) => input switch
    {
        MaintenanceInput.Tick => Tick(now),
        MaintenanceInput.Notified(var primary, var hint) => TakeNotice(new(primary, hint), now),
        MaintenanceInput.Answered(var serial, var left) => Compare(serial, left, now, chance),
        MaintenanceInput.UpToDate(var left) => Settle(isNew: false, left, now, chance),
        MaintenanceInput.Loaded(var soa, var left) => (this with { Soa = soa }).Settle(isNew: true, left, now, chance),
        MaintenanceInput.Failed(var failure) => TryElsewhere(failure, now, chance),
        _ => throw new UnreachableException(),
    };

    private (ZoneMaintenance, ImmutableArray<MaintenanceOutput>) Tick(Elapsed now)
    {
        var next = this;
        ImmutableArray<MaintenanceOutput> expiry = [];
        if (!IsExpired && ExpiresAt <= now)
            (next, expiry) = (this with { IsExpired = true }, [new MaintenanceOutput.Expire()]);
        if (NextAt is null || NextAt > now)
            return (next, expiry);
        var (asking, outputs) = next.Begin(next.Waiting ?? new(Preferred, Hint: null));
        return (asking, [.. expiry, .. outputs]);
    }

    private (ZoneMaintenance, ImmutableArray<MaintenanceOutput>) TakeNotice(Notice notice, Elapsed now)
    {
        if (!IsExpired && !IsNews(notice.Hint))
            return (this, []);
        if (Running is null && now >= QuietUntil)
            return Begin(notice);
        var kept = Waiting is { Hint: { } known } && notice.Hint is { } hint && !hint.IsNewerThan(known) ? Waiting : notice;
        return (this with { Waiting = kept, NextAt = Running is null ? Sooner(NextAt, QuietUntil) : null }, []);
    }

    private (ZoneMaintenance, ImmutableArray<MaintenanceOutput>) Begin(Notice notice)
    {
        var step = Soa is null ? RefreshStep.Whole : !IsExpired && notice.Hint is { } hint && IsNews(hint) ? RefreshStep.Incremental : RefreshStep.Check;
        return (this with { Waiting = null }).Ask(new(notice.Primary, step, notice.Hint, Failures: []));
    }

    private (ZoneMaintenance, ImmutableArray<MaintenanceOutput>) Ask(Attempt attempt) =>
        (this with { Running = attempt, NextAt = null, LastAsked = attempt.Primary }, [new MaintenanceOutput.Ask(attempt.Primary, attempt.Step)]);

    private (ZoneMaintenance, ImmutableArray<MaintenanceOutput>) Compare(Serial serial, TimeSpan? left, Elapsed now, double chance)
    {
        if (IsExpired && serial != Soa!.Serial)
            return Ask(Present with { Step = RefreshStep.Whole }); // what has expired is discarded: an older serial will do (RFC 1034 §4.3.5)
        if (IsNews(serial))
            return Ask(Present with { Step = RefreshStep.Incremental });
        return serial == Soa!.Serial ? Settle(isNew: false, left, now, chance) : TryElsewhere(new RefreshFailure.Behind(serial), now, chance);
    }

    /// <summary>The round has come to a good end.</summary>
    /// <remarks>
    /// A primary that is a secondary itself says how long the zone still lives there: so long it may live here, a new version
    /// at most so long, and never longer than the SOA says. Source: RFC 7314 §4.
    /// </remarks>
    private (ZoneMaintenance, ImmutableArray<MaintenanceOutput>) Settle(bool isNew, TimeSpan? left, Elapsed now, double chance)
    {
        var most = bounds.ExpireOf(Soa!);
        var expires = now + (left < most ? left.Value : most);
        var next = this with
        {
            Running = null,
            Waiting = null,
            Preferred = Present.Primary,
            Failures = 0,
            LastFailure = null,
            LastContact = now,
            IsExpired = false,
            IsUnconfirmed = false,
            ExpiresAt = !isNew && ExpiresAt > expires ? ExpiresAt : expires,
            NextAt = now + Jitter(bounds.RefreshOf(Soa!), chance),
            QuietUntil = isNew ? now : now + bounds.Least,
        };
        ImmutableArray<MaintenanceOutput> outputs = IsExpired && !isNew ? [new MaintenanceOutput.Restore()] : [];
        if (Present.Hint is { } hint && next.IsNews(hint))
            next = next with { NextAt = Sooner(next.NextAt, now + Jitter(bounds.RetryOf(Soa!), chance)) }; // it told of what it does not give yet: once more, and no sooner
        if (Waiting is null || !next.IsNews(Waiting.Hint))
            return (next, outputs);
        if (!isNew)
            return (next with { Waiting = Waiting, NextAt = Sooner(next.NextAt, next.QuietUntil) }, outputs);
        var (asking, more) = next.Begin(Waiting);
        return (asking, [.. outputs, .. more]);
    }

    private (ZoneMaintenance, ImmutableArray<MaintenanceOutput>) TryElsewhere(RefreshFailure failure, Elapsed now, double chance)
    {
        if (Present.Step is RefreshStep.Incremental && failure.LeavesWhole)
            return Ask(Present with { Step = RefreshStep.Whole });
        Seq<RefreshFailure> failures = [.. Present.Failures, failure];
        if (failures.Count < Primaries)
            return Ask(new((Present.Primary + 1) % Primaries, Soa is null ? RefreshStep.Whole : RefreshStep.Check, Present.Hint, failures));
        var retryAt = now + Jitter(RetryAfter(Failures), chance);
        var quietUntil = now + (Soa is null ? bounds.FirstRetry : bounds.Least);
        var next = this with
        {
            Running = null,
            Failures = Failures + 1,
            LastFailure = failure,
            NextAt = Waiting is null ? retryAt : Sooner(retryAt, quietUntil),
            QuietUntil = quietUntil,
        };
        return (next, [new MaintenanceOutput.GiveUp(failures, next.NextAt.Value)]);
    }

    private Attempt Present => Running ?? throw new InvalidOperationException("an answer, and nobody was asked");

    private TimeSpan RetryAfter(int failures)
    {
        var (first, most) = Soa is null
            ? (bounds.FirstRetry, bounds.MostFirstRetry)
            : IsUnconfirmed ? (bounds.FirstRetry, bounds.RetryOf(Soa)) // the primary may have been started when we were
            : (bounds.RetryOf(Soa), bounds.RefreshOf(Soa));
        var wait = first * (1 << Math.Min(failures, MaxDoublings));
        return wait < most ? wait : first > most ? first : most;
    }

    private bool IsNews(Serial? serial) => Soa is null || serial is not { } told || told.IsNewerThan(Soa.Serial);

    private static TimeSpan Jitter(TimeSpan span, double chance) => span * (1 - (JitterPart * chance));

    private static Elapsed Sooner(Elapsed? one, Elapsed other) => one is { } known && known < other ? known : other;

    /// <summary>The question that waits for its answer.</summary>
    /// <param name="Primary">Who was asked.</param>
    /// <param name="Step">For what.</param>
    /// <param name="Hint">The serial that began the round; null when time did.</param>
    /// <param name="Failures">Of the primaries that were asked before in this round.</param>
    private sealed record Attempt(int Primary, RefreshStep Step, Serial? Hint, Seq<RefreshFailure> Failures);

    /// <summary>A NOTIFY whose time has not come.</summary>
    private sealed record Notice(int Primary, Serial? Hint);
}
