using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Riad.DnsPrimaryGit.Commands;
using Riad.DnsPrimaryGit.Keys;
using Riad.Git.Io;
using Riad.Git.Io.Http;
using Riad.Git.Io.References;
using Riad.Git.Protocol;
using Riad.Host;
using Riad.ZoneRepository.Serving;
using Riad.ZoneRepository.Updates;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Receives pushes: the served branch moves only with zones that are good, and the push succeeds once they are served.</summary>
internal sealed class ZonePushReceiver(Repository repository, ZoneKeeper keeper, KeeperOptions options, PushMeter meter, bool publicRead, bool hasRemote, KeyService keys, ILogger log) : IPushReceiver
{
    private readonly RefPolicy policy = new(options.BranchRef, options.AllowForce);

    /// <inheritdoc/>
    public async Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var settlement = new PushSettlement(repository, push);
        settlement.Refuse(policy);
        if (!PushOptions.TryParse(push.Options, out var allowed, out var fault))
            settlement.Refuse(_ => fault);
        if (publicRead && FindKeys(push, settlement) is { } keys)
            settlement.Refuse(_ => keys);
        if (hasRemote)
            settlement.Refuse(RefuseBesideServed);
        settlement.RefuseRestOfAtomic();

        var served = settlement.Accepted.FirstOrDefault(command => IsServedBranch(command) && !command.IsDeletion);
        var report = served is null
            ? StoreOnly(push, settlement, allowed)
            : await ServeAsync(push, settlement, served, allowed, stop);
        TellOfUpdates(push, settlement);
        meter.Count(report.AnyAccepted, allowed.CheckOnly);
        if (served is not null && settlement.Accepted.Contains(served))
            meter.Served(Stopwatch.GetElapsedTime(began));
        foreach (var (name, refusal) in report.Refs)
            log.LogInformation("push ref={Ref} outcome={Outcome} client={Client} user={User}", name, refusal ?? "accepted", push.Client.Address, push.Client.UserName ?? "none");
        return report;
    }

    private string? FindKeys(PushRequest push, PushSettlement settlement)
    {
        var tips = settlement.Accepted.Where(command => !command.IsDeletion).Select(command => command.New);
        return KeyFileSearch.Find(push.Quarantine, tips, repository.ReadRefs().Select(known => known.Id)) is { } commit
            ? $"commit {commit} holds a _keys file, and this server lets everybody read (--public-read)"
            : null;
    }

    // What only this clone has would be lost with it, and the remote would not know.
    private string? RefuseBesideServed(RefCommand command) => IsServedBranch(command) && !command.IsDeletion
        ? null
        : $"this server follows a remote and takes only commits for {options.Branch}; push anything else to the remote";

    private bool IsServedBranch(RefCommand command) => string.Equals(command.Name, options.BranchRef, StringComparison.Ordinal);

    private async Task<PushReport> ServeAsync(PushRequest push, PushSettlement settlement, RefCommand served, PushOptions allowed, CancellationToken stop)
    {
        TellOthers(push, settlement);
        TellLost(push, served);
        PushReport? report = null;
        var refusal = await keeper.PushAsync(
            push.Quarantine, served.Old, served.New, allowed, push.Say, push.Quarantine.Promote,
            journal => Settle(settlement, journal, out report), stop);
        foreach (var trouble in report is null ? keys.TroublesOf(push.Quarantine, served.New) : keys.Troubles)
            push.Say($"warning: {trouble}");
        if (report is not null)
            return report;
        if (allowed.CheckOnly)
            return settlement.Refrain(refusal!);
        settlement.Refuse(command => IsServedBranch(command) ? refusal : null);
        return settlement.Settle();
    }

    private string? Settle(PushSettlement settlement, ImmutableArray<RefUpdate> journal, out PushReport report)
    {
        settlement.Accompany(options.BranchRef, journal);
        report = settlement.Settle();
        return report.Refs.FirstOrDefault(outcome => string.Equals(outcome.Name, options.BranchRef, StringComparison.Ordinal))?.Refusal;
    }

    private PushReport StoreOnly(PushRequest push, PushSettlement settlement, PushOptions allowed)
    {
        if (allowed.CheckOnly)
            return settlement.Refrain($"only checked, as asked; nothing was changed (zones are checked in a push to {options.Branch})");
        TellOthers(push, settlement);
        return settlement.Settle();
    }

    private void TellOthers(PushRequest push, PushSettlement settlement)
    {
        foreach (var command in settlement.Accepted.Where(command => !IsServedBranch(command) && !command.IsDeletion))
            push.Say($"{command.Name}: stored, not served; {options.Branch} is the served branch");
        foreach (var command in settlement.Accepted.Where(command => IsServedBranch(command) && command.IsDeletion))
            push.Say($"{command.Name}: deleted; what was served stays served until the branch is pushed again");
    }

    /// <summary>A push that lacks updates was refused: says how git takes them up without conflicts.</summary>
    private void TellOfUpdates(PushRequest push, PushSettlement settlement)
    {
        var lacking = push.Commands.FirstOrDefault(command => IsServedBranch(command) && !settlement.Accepted.Contains(command));
        if (lacking is null || !repository.TryReadRef(options.BranchRef, out var tip) || !UpdateCommits.IsUpdate(repository, tip))
            return;
        if (CommitRelation.Compare(push.Quarantine, lacking.New, tip) is Ancestry.Diverged)
        {
            push.Say("zones were changed by updates since; 'git pull --rebase' merges them by records after, once in this clone:");
            push.Say(MergeZoneCommand.Installation);
        }
    }

    /// <summary>With --allow-force: names the served commits that a rewritten branch no longer has.</summary>
    private void TellLost(PushRequest push, RefCommand served)
    {
        if (served.Old.IsZero || !options.AllowForce)
            return;
        foreach (var line in LostCommits.Describe(push.Quarantine, served.Old, served.New))
            push.Say(line);
    }
}
