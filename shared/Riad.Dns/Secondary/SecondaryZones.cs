using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>All zones that a secondary follows: which are due, who is asked, and what is served.</summary>
/// <remarks>
/// A mutable engine with one owner: the same inputs at the same times give the same outputs. What one zone does is decided
/// by its <see cref="ZoneMaintenance"/>; here their attempts share what may run at once, and catalogs say which zones there
/// are.
/// </remarks>
public sealed class SecondaryZones
{
    private readonly SecondaryOptions options;
    private readonly SortedDictionary<DomainName, FollowedZone> followed = [];
    private readonly ZoneSchedule schedule;
    private readonly EvenNumbers chances;
    private readonly ZoneAttempts attempts;
    private readonly CatalogBook catalogs;
    private readonly ZoneChanges changes = new();
    private readonly RecalledZones recalled = new();
    private ICollection<SecondaryOutput> outputs = [];
    private Elapsed now;
    private int learned;

    /// <summary>Follows nothing yet.</summary>
    /// <param name="options">Bounds.</param>
    /// <param name="seed">Random: spreads the timers.</param>
    public SecondaryZones(SecondaryOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.options, chances) = (options, new(seed));
        schedule = new(followed);
        attempts = new(options.MaxAttempts, options.MaxAttemptsPerPrimary);
        catalogs = new(options.MaxCatalogEntries);
    }

    /// <summary>Every zone that is followed, catalogs counted, in canonical order.</summary>
    public IReadOnlyCollection<FollowedZone> Followed => followed.Values;

    /// <summary>Attempts under way.</summary>
    public int Running => attempts.Running;

    /// <summary>True while there is a catalog whose zones are not known, so that nobody can tell which zones are ours.</summary>
    public bool AwaitsCatalog => followed.Values.Any(zone => zone is { IsCatalog: true, IsListing: false });

    /// <summary>Entries of the schedule, those that are passed over among them.</summary>
    internal int Scheduled => schedule.Count;

    /// <summary>When a tick is due; null when nothing is.</summary>
    public Elapsed? WakeAt => schedule.NextAt;

    /// <summary>What is served now, made from what was served before with every change since.</summary>
    /// <param name="before">What this returned the last time; empty the first time.</param>
    public ZoneSet Apply(ZoneSet before) => changes.Apply(before);

    /// <summary>Finds a zone that is followed.</summary>
    public FollowedZone? Find(DomainName apex) => followed.GetValueOrDefault(apex);

    /// <summary>Goes on.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="time">Not before that of the last step.</param>
    /// <param name="into">Receives what is to be done, in order.</param>
    public void Step(SecondaryInput input, Elapsed time, ICollection<SecondaryOutput> into)
    {
        (outputs, now) = (into, time);
        switch (input)
        {
            case SecondaryInput.Recall(var kept): recalled.Keep(kept); break;
            case SecondaryInput.RecallEnded: EndRecall(); break;
            case SecondaryInput.Follow(var apex, var primaries, var origin): Follow(apex, primaries, origin); break;
            case SecondaryInput.SetPrimaries(var apex, var primaries): SetPrimaries(apex, primaries); break;
            case SecondaryInput.Leave(var apex): Leave(followed.GetValueOrDefault(apex)); break;
            case SecondaryInput.Notified notified: TakeNotice(notified); break;
            case SecondaryInput.RefreshAll: RefreshAll(); break;
            case SecondaryInput.Finished(var attempt, var result): Finish(attempt, result); break;
            case SecondaryInput.Tick: Tick(); break;
            default: throw new UnreachableException();
        }
        while (attempts.TryTake(out var next))
            outputs.Add(next);
    }

    private void EndRecall()
    {
        recalled.End();
        ForgetOthers();
    }

    /// <summary>Nobody asks for the versions that are left once every catalog was heard.</summary>
    private void ForgetOthers()
    {
        if (recalled.IsLeft && !AwaitsCatalog)
            recalled.Forget();
    }

    private void Follow(DomainName apex, Seq<PrimaryServer> primaries, ZoneOrigin origin)
    {
        if (followed.TryGetValue(apex, out var known))
        {
            if (origin is ZoneOrigin.Member && known.Origin is ZoneOrigin.Learned)
                Adopt(known, primaries, origin);
            if (origin is not (ZoneOrigin.Given or ZoneOrigin.Catalog) || known.Origin is ZoneOrigin.Given or ZoneOrigin.Catalog)
                return;
            Leave(known);
        }
        if (origin is ZoneOrigin.Learned && learned >= options.MaxLearned)
            return;
        learned += origin is ZoneOrigin.Learned ? 1 : 0;
        var zone = new FollowedZone(apex, primaries, origin, new(primaries.Count, options.Timers, now));
        followed.Add(apex, zone);
        outputs.Add(new SecondaryOutput.Followed(apex, origin));
        if (!zone.IsCatalog)
            changes.SetAbsent(apex, ZoneAbsence.NotReady);
        var kept = recalled.Take(apex, origin);
        if (kept is not null)
            Recall(zone, kept);
        Maintain(zone, new MaintenanceInput.Tick());
        if (kept is not null && zone.IsCatalog)
            Obey(zone, Read(zone, kept.Zone, out var moves), moves);
    }

    /// <summary>A NOTIFY was faster than the catalog: the zone keeps what it has, and goes when the catalog says so.</summary>
    private void Adopt(FollowedZone zone, Seq<PrimaryServer> primaries, ZoneOrigin origin)
    {
        zone.Origin = origin;
        learned--;
        TurnTo(zone, primaries);
    }

    private void Recall(FollowedZone zone, RecalledZone kept)
    {
        zone.Zone = kept.Zone;
        zone.Maintenance = zone.Maintenance.Recall(kept, now);
        outputs.Add(new SecondaryOutput.Recalled(kept.Zone, kept.Steps, zone.Maintenance.IsExpired));
        if (zone.IsCatalog)
            return;
        if (zone.Maintenance.IsExpired)
            changes.SetAbsent(zone.Apex, ZoneAbsence.Expired);
        else
            changes.Set(kept.Zone);
    }

    private void SetPrimaries(DomainName apex, Seq<PrimaryServer> primaries)
    {
        if (followed.GetValueOrDefault(apex) is not { Origin: not ZoneOrigin.Member } zone)
            return;
        IEnumerable<FollowedZone> members = zone.IsCatalog ? followed.Values.Where(member => member.Origin is ZoneOrigin.Member entry && entry.Of == apex) : [];
        foreach (var changed in members.Prepend(zone).ToList())
            TurnTo(changed, primaries);
    }

    private void TurnTo(FollowedZone zone, Seq<PrimaryServer> primaries)
    {
        if (zone.Primaries == primaries)
            return;
        CallOff(zone);
        zone.Primaries = primaries;
        zone.Maintenance = zone.Maintenance.TurnTo(primaries.Count, now);
        Maintain(zone, new MaintenanceInput.Tick());
    }

    private void Leave(FollowedZone? zone)
    {
        if (zone is null)
            return;
        (zone.IsFollowed, zone.Zone) = (false, null); // the schedule may hold on to it for long
        followed.Remove(zone.Apex);
        learned -= zone.Origin is ZoneOrigin.Learned ? 1 : 0;
        CallOff(zone);
        changes.Remove(zone.Apex);
        outputs.Add(new SecondaryOutput.Left(zone.Apex, zone.Origin));
        if (zone.IsCatalog)
            catalogs.Forget(zone.Apex);
    }

    private void TakeNotice(SecondaryInput.Notified notified)
    {
        if (!followed.TryGetValue(notified.Apex, out var zone))
            return;
        var primary = 0;
        for (var i = zone.Primaries.Count - 1; i >= 0; i--)
            primary = zone.Primaries[i].Endpoint.Address == notified.Source ? i : primary;
        Maintain(zone, new MaintenanceInput.Notified(primary, notified.Hint));
    }

    private void RefreshAll()
    {
        foreach (var zone in followed.Values)
            Maintain(zone, new MaintenanceInput.Notified(zone.Maintenance.LastAsked, Hint: null));
    }

    private void Tick()
    {
        while (schedule.Take(now) is { } zone)
            Maintain(zone, new MaintenanceInput.Tick());
    }

    private void Finish(long attempt, AttemptResult result)
    {
        if (attempts.Finish(attempt) is not { } zone)
            return;
        switch (result)
        {
            case AttemptResult.Answered(var serial, var left): Maintain(zone, new MaintenanceInput.Answered(serial, left)); break;
            case AttemptResult.Transferred(TransferResult.Current, var left): Maintain(zone, new MaintenanceInput.UpToDate(left)); break;
            case AttemptResult.Transferred(TransferResult.Whole(var next, var ignored), var left): Take(zone, next, [], ignored, left); break;
            case AttemptResult.Transferred(TransferResult.Differences(var next, var steps, var ignored), var left): Take(zone, next, steps, ignored, left); break;
            case AttemptResult.Failed(var failure): Maintain(zone, new MaintenanceInput.Failed(failure)); break;
            default: throw new UnreachableException();
        }
    }

    private void Take(FollowedZone zone, Zone next, ImmutableArray<ZoneStep> steps, long ignored, TimeSpan? left)
    {
        var primary = zone.Primaries[zone.Maintenance.LastAsked];
        ImmutableArray<CatalogBook.Move> moves = [];
        var refused = zone.IsCatalog ? Read(zone, next, out moves) : null;
        outputs.Add(new SecondaryOutput.Changed(zone.Zone, next, steps, primary, ignored, refused));
        zone.Zone = next;
        if (!zone.IsCatalog)
            changes.Set(next);
        Maintain(zone, new MaintenanceInput.Loaded(next.Soa, left));
        if (zone.IsCatalog)
            Obey(zone, refused, moves);
    }

    /// <summary>Why a catalog cannot be followed; null when it can, and then what it changes.</summary>
    private CatalogFault? Read(FollowedZone catalog, Zone version, out ImmutableArray<CatalogBook.Move> moves)
    {
        if (!catalogs.TryTake(version, out moves, out var fault))
            return fault;
        catalog.IsListing = true;
        return null;
    }

    private void Obey(FollowedZone catalog, CatalogFault? refused, ImmutableArray<CatalogBook.Move> moves)
    {
        if (refused is { } fault)
        {
            outputs.Add(new SecondaryOutput.CatalogRefused(catalog.Apex, fault));
            return;
        }
        foreach (var move in moves)
        {
            var known = followed.GetValueOrDefault(move.Zone);
            if (move.Next is { } next && known is { Origin: ZoneOrigin.Member } && !move.IsReset)
            {
                known.Origin = next;
                if (followed.GetValueOrDefault(next.Of) is { } owner)
                    TurnTo(known, owner.Primaries);
                continue;
            }
            if (known?.Origin is ZoneOrigin.Member)
                Leave(known);
            if (move.Next is { } entry && followed.GetValueOrDefault(entry.Of) is { } lister)
                Follow(move.Zone, lister.Primaries, entry);
        }
        ForgetOthers();
    }

    private void Maintain(FollowedZone zone, MaintenanceInput input)
    {
        (zone.Maintenance, var wanted) = zone.Maintenance.Step(input, now, chances.Next());
        foreach (var output in wanted)
        {
            switch (output)
            {
                case MaintenanceOutput.Ask(var primary, var step): attempts.Add(zone, primary, step); break;
                case MaintenanceOutput.Expire:
                    outputs.Add(new SecondaryOutput.Expired(zone.Apex));
                    if (!zone.IsCatalog)
                        changes.SetAbsent(zone.Apex, ZoneAbsence.Expired);
                    break;
                case MaintenanceOutput.Restore:
                    outputs.Add(new SecondaryOutput.Restored(zone.Apex));
                    if (!zone.IsCatalog)
                        changes.Set(zone.Zone!);
                    break;
                case MaintenanceOutput.GiveUp(var failures, var retryAt):
                    outputs.Add(new SecondaryOutput.GaveUp(zone.Apex, zone.Primaries[zone.Maintenance.LastAsked], failures[^1], retryAt));
                    if (IsOver(zone, failures))
                    {
                        Leave(zone);
                        return;
                    }
                    break;
                default: throw new UnreachableException();
            }
        }
        schedule.Set(zone);
    }

    /// <summary>A learned zone goes when every primary disowns it, and when those that refuse have let it expire; one that cannot be reached may still have it.</summary>
    private static bool IsOver(FollowedZone zone, Seq<RefreshFailure> failures)
    {
        var isOurs = zone.Zone is not null && !zone.Maintenance.IsExpired;
        return zone.Origin is ZoneOrigin.Learned && failures.All(failure => failure.IsNotAuthoritative || (failure.IsRefusal && !isOurs));
    }

    private void CallOff(FollowedZone zone)
    {
        if (attempts.CallOff(zone) is > 0 and var attempt)
            outputs.Add(new SecondaryOutput.CallOff(attempt));
    }
}
