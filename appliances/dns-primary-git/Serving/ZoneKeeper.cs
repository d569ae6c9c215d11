using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Riad.Dns.Names;
using Riad.DnsPrimaryGit.Remotes;
using Riad.Git.History;
using Riad.Git.Io;
using Riad.Git.Io.Http;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.Host;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;
using Riad.ZoneRepository.Updates;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Keeps what is served in step with the repository: one change at a time, each whole or not at all.</summary>
/// <remarks>
/// The order of a change is branch, journal, swap, answer. What a crash leaves between the first two is mended by
/// <see cref="Start"/>. Docs: docs/decisions/0004-journal.md.
/// </remarks>
internal sealed class ZoneKeeper(Repository repository, KeeperOptions options, TimeProvider clock, ILogger log, Action<ServedState> serve) : IDisposable
{
    private const int MaxUpdateAttempts = 3;
    private const int ManyPacks = 64; // more side by side make reading slow

    // With a remote that is slow: a client asks again after some seconds, a person looks on for a while.
    private static readonly TimeSpan UpdatePatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PushPatience = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly KnownTexts texts = new();
    private ServedState state = ServedState.Empty;
    private ObjectId? followed; // what the branch named when it was last looked at; null when that came to nothing
    private string? keptBecause;
    private int packsWritten;
    private string? journalMissing;
    private ImmutableDictionary<DomainName, DateTimeOffset> since = ImmutableDictionary<DomainName, DateTimeOffset>.Empty;

    /// <summary>Called when updates have written many packs, which are better joined soon.</summary>
    public Action Tidy { get; init; } = static () => { };

    /// <summary>Where a change has to be known before it is ours; null where there is no such place.</summary>
    public Publisher? Publisher { get; set; }

    /// <summary>Why nothing can be made known there now; null when that has to be tried. Cheap.</summary>
    public Func<string?> FindPublishingObstacle { get; set; } = static () => null;

    /// <summary>How long an update may take where it has to be known elsewhere first.</summary>
    public TimeSpan Patience { get; init; } = UpdatePatience;

    /// <summary>What is served.</summary>
    public ServedState State => Volatile.Read(ref state);

    /// <summary>When the present version of a zone began to be served by this process.</summary>
    public DateTimeOffset ServedSince(DomainName apex) => Volatile.Read(ref since).GetValueOrDefault(apex, clock.GetUtcNow());

    /// <summary>What is wrong, one sentence each; empty when all is well.</summary>
    public ImmutableArray<string> Troubles
    {
        get
        {
            ReadOnlySpan<string?> ours = [keptBecause, journalMissing];
            return [.. ours.ToArray().OfType<string>(), .. State.Degraded.SelectMany(zone => zone.Reasons)];
        }
    }

    /// <summary>Serves what was served before, mends what a crash left, and follows the branch.</summary>
    /// <exception cref="OperatorException">The journal cannot be read.</exception>
    public void Start()
    {
        try
        {
            _ = repository.TryReadRef(JournalFormat.Ref, out var tip);
            if (!TryRestore(tip, out var fault))
                throw OperatorException.CannotRun(fault);
            if (tip.IsZero)
                WarnOfMissingJournal();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the repository {repository.Path} cannot be read ({OneLine.Escape(refused.Message.TrimEnd('.'))})", refused);
        }
        FollowOrKeep();
    }

    /// <summary>Follows the branch when it moved without asking us: a push through sshd, a person in the repository.</summary>
    public async Task FollowAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            FollowOrKeep();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Moves refs to what a remote has, follows them, and looks at what came of it, all in one turn.</summary>
    /// <param name="move">Moves the refs; false when they stay.</param>
    /// <param name="look">Reads what the refs are afterwards.</param>
    /// <param name="stop">Ends the wait for other changes.</param>
    public async Task<(bool IsMoved, RemoteRefs Refs)> WithRemoteAsync(Func<bool> move, Func<RemoteRefs> look, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var isMoved = move();
            FollowOrKeep();
            return (isMoved, look());
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Judges a commit for the served branch, and serves it if it is good and everything could be stored.</summary>
    /// <param name="store">The repository with the objects of the push.</param>
    /// <param name="old">What the pusher saw the branch name; zero for nothing.</param>
    /// <param name="commit">What the branch is to name.</param>
    /// <param name="push">What the pusher allows.</param>
    /// <param name="tell">Takes lines for the pusher.</param>
    /// <param name="promote">Makes the objects of the push part of the repository, durably, if there is room for so many octets after it.</param>
    /// <param name="move">Moves the refs of the push and then those given, all or none, durably; gives a refusal or null.</param>
    /// <param name="stop">Ends the wait for other changes.</param>
    /// <returns>Why it is refused; null when it is served.</returns>
    public async Task<string?> PushAsync(
        IObjectStore store, ObjectId old, ObjectId commit, PushOptions push, Action<string> tell, Action<long> promote, Func<ImmutableArray<RefUpdate>, string?> move, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            // Of several who wait here, all but the first are late, and nothing of theirs need be looked at or stored.
            _ = repository.TryReadRef(options.BranchRef, out var branch);
            if (branch != old)
                return PushSettlement.Overtaken;
            var verdict = PushCheck.Judge(store, State, commit, push, options.StrictSerials, Sign());
            foreach (var line in verdict.Lines)
                tell(line);
            return verdict switch
            {
                PushVerdict.Refused => "the zones have faults; nothing was changed",
                PushVerdict.Accepted { CheckOnly: true } => "only checked, as asked; nothing was changed",
                PushVerdict.Accepted accepted => await ServeAsync(accepted, commit, promote, move),
                _ => throw new UnreachableException(),
            };
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Judges updates one after another, and serves what they come to once all of it is stored.</summary>
    /// <param name="judge">Puts the updates to a group. Called again, with another group, when the branch moved meanwhile.</param>
    /// <param name="stop">Ends the wait for other changes.</param>
    /// <returns>Why nothing was stored; null when everything is, or when there was nothing to store.</returns>
    public async Task<string?> UpdateAsync(Action<UpdateGroup> judge, CancellationToken stop)
    {
        var until = Deadline.In(Patience, clock);
        if (!await turn.WaitAsync(Publisher is null ? Timeout.InfiniteTimeSpan : until.Left, stop))
            return "another change still waits for the remote; nothing was changed, try again";
        try
        {
            string? refusal = null;
            for (var attempt = 0; attempt < MaxUpdateAttempts; attempt++)
            {
                if (FindObstacle(looksAgain: attempt > 0) is { } obstacle)
                    return obstacle;
                var group = new UpdateGroup(repository, State, options.StrictSerials, Sign(), texts);
                judge(group);
                if (!group.TryFinish(out var writing, out refusal))
                {
                    if (refusal is null)
                        group.KeepTexts();
                    return refusal;
                }
                (refusal, var isFinal) = await ServeAsync(writing, until);
                if (isFinal && refusal is null)
                    group.KeepTexts();
                if (isFinal)
                    return refusal;
            }
            return refusal;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return OneLine.Escape(refused.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>An update is a commit on what is served, so the branch must be there.</summary>
    private string? FindObstacle(bool looksAgain)
    {
        _ = repository.TryReadRef(options.BranchRef, out var branch);
        if (looksAgain || branch != State.Commit)
            FollowOrKeep();
        if (keptBecause is not null)
            return keptBecause;
        _ = repository.TryReadRef(options.BranchRef, out branch);
        return branch == State.Commit && !branch.IsZero ? null : "the branch is not what is served";
    }

    /// <summary>Not final: the refs have moved meanwhile, here or at the remote, and the updates are to be judged again.</summary>
    private async Task<(string? Refusal, bool IsFinal)> ServeAsync(UpdateWriting writing, Deadline until)
    {
        if (FindPublishingObstacle() is { } obstacle)
            return (obstacle, IsFinal: true);
        // What the remote takes must find room here; what it does not take leaves nothing, however often a client tries.
        if (Publisher is not null)
            repository.EnsureRoom(writing.Objects);
        switch (await PublishAsync(new PendingObjects(repository, writing.Objects), writing.Tip, writing.Entry ?? State.Journal.Tip, until))
        {
            case Publication.Granted granted: return Store(writing, granted.Refs);
            case Publication.Refused refused: return (refused.Reason, IsFinal: true);
            case Publication.Moved: return ("the remote has moved meanwhile, again and again", IsFinal: false);
            case Publication.Included:
                FollowOrKeep();
                return (null, IsFinal: true);
            default: throw new UnreachableException();
        }
    }

    private (string? Refusal, bool IsFinal) Store(UpdateWriting writing, ImmutableArray<RefUpdate> noted)
    {
        var branch = new RefUpdate(options.BranchRef, State.Commit, writing.Tip);
        ImmutableArray<RefUpdate> refs = writing.Entry is { } entry ? [branch, new(JournalFormat.Ref, State.Journal.Tip, entry)] : [branch];
        if (!repository.TryStore(writing.Objects, [.. refs, .. noted], out var error))
            return (error.ToString(), IsFinal: false);
        (followed, keptBecause) = (writing.Tip, null);
        Swap(writing.Next);
        if (++packsWritten % ManyPacks == 0)
            Tidy();
        return (null, IsFinal: true);
    }

    private async Task<string?> ServeAsync(PushVerdict.Accepted accepted, ObjectId commit, Action<long> promote, Func<ImmutableArray<RefUpdate>, string?> move)
    {
        if (FindPublishingObstacle() is { } obstacle)
            return obstacle;
        promote(accepted.Writing?.Objects.Sum(written => (long)written.Content.Length) ?? 0);
        using var hold = accepted.Writing is { } writing ? repository.WriteObjects(writing.Objects) : null;
        ImmutableArray<RefUpdate> journal = accepted.Writing is null ? [] : [new(JournalFormat.Ref, State.Journal.Tip, accepted.Writing.Entry)];
        switch (await PublishAsync(repository, commit, accepted.Writing?.Entry ?? State.Journal.Tip, Deadline.In(PushPatience, clock)))
        {
            case Publication.Granted granted when move([.. journal, .. granted.Refs]) is { } refusal: return refusal;
            case Publication.Granted: break;
            case Publication.Refused refused: return refused.Reason;
            // What the remote has meanwhile is followed first, so that the pusher can fetch it here.
            case Publication.Moved or Publication.Included:
                FollowOrKeep();
                return "non-fast-forward: the remote has moved meanwhile (fetch first, then merge or rebase)";
            default: throw new UnreachableException();
        }
        (followed, keptBecause) = (commit, null);
        Swap(accepted.Next);
        return null;
    }

    private Task<Publication> PublishAsync(IPackSource store, ObjectId branch, ObjectId journal, Deadline until) =>
        Publisher is null ? Task.FromResult<Publication>(new Publication.Granted([])) : Publisher(store, branch, journal, until);

    /// <summary>What the world refuses, a full disk above all, must not end what is served: it is tried again at the next look.</summary>
    private void FollowOrKeep()
    {
        try
        {
            Follow();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            followed = null;
            Keep($"the branch cannot be followed: {OneLine.Escape(refused.Message)}");
        }
    }

    private void Follow()
    {
        _ = repository.TryReadRef(JournalFormat.Ref, out var tip);
        if (tip != State.Journal.Tip && !TryCatchUp(tip))
            return;
        _ = repository.TryReadRef(options.BranchRef, out var branch);
        if (branch == followed)
            return;
        if (!branch.IsZero && !repository.Contains(branch))
        {
            Keep($"the served branch is at {branch}, which is not in the repository");
            return;
        }
        followed = branch;
        switch (Recovery.Decide(branch, State.Journal, options.AllowForce, (left, right) => CommitRelation.Compare(repository, left, right)))
        {
            case Recovery.Fresh: keptBecause = null; break;
            case Recovery.Whole whole: Adopt(whole.Branch); break;
            case Recovery.FollowBranch ahead: Adopt(ahead.Branch); break;
            case Recovery.KeepServed keep: Keep(keep.Reason); break;
            default: throw new UnreachableException();
        }
    }

    /// <summary>
    /// Takes up a journal that went on without us: a transaction of ours whose last step failed after the refs had moved. Any
    /// other journal is not ours to believe while we serve: serials could go back.
    /// </summary>
    private bool TryCatchUp(ObjectId tip)
    {
        followed = null;
        var fault = $"{JournalFormat.Ref} was changed by other hands, and what was served before stays served; restart to serve what it says now";
        var isNext = !tip.IsZero && (State.Journal.Tip.IsZero || CommitRelation.Compare(repository, tip, State.Journal.Tip) is Ancestry.BranchAhead);
        if (isNext && TryRestore(tip, out fault))
            return true;
        Keep(fault);
        return false;
    }

    /// <summary>
    /// A branch with a past and no journal: a repository that is served for the first time, or a backup that left the journal out.
    /// Only the operator knows which, so it is named until the next start, which finds the journal that begins now.
    /// </summary>
    private void WarnOfMissingJournal()
    {
        if (!repository.TryReadRef(options.BranchRef, out var branch) || CommitHistory.TryReadCommit(repository, branch) is not { Parents.IsEmpty: false })
            return;
        journalMissing = $"the journal {JournalFormat.Ref} was missing at the start and begins anew, so serials go on from the files alone and may be lower than those that secondaries have; "
            + "if these zones were served before, restore that ref from a backup and restart; if not, all is well, and this is gone with the next start";
        log.LogWarning("journal missing reason={Reason}", journalMissing);
    }

    private bool TryRestore(ObjectId tip, out string fault)
    {
        fault = "";
        if (!Journal.TryRead(repository, tip, out var journal, out var error))
            fault = $"the journal {JournalFormat.Ref} of {repository.Path} cannot be read: {error}";
        else
            Swap(StartUp.Restore(repository, journal));
        return fault.Length == 0;
    }

    private void Keep(string reason)
    {
        if (reason == keptBecause)
            return;
        keptBecause = reason;
        log.LogWarning("branch not followed reason={Reason}", reason);
        serve(State);
    }

    private void Adopt(ObjectId commit)
    {
        var following = Following.Of(repository, State, commit, options.StrictSerials, Sign());
        if (following.Writing is { } writing)
        {
            using var hold = repository.WriteObjects(writing.Objects);
            if (!repository.TryUpdateRefs([new RefUpdate(JournalFormat.Ref, State.Journal.Tip, writing.Entry)], out var error))
            {
                followed = null;
                Keep($"the journal cannot be written: {error}");
                return;
            }
        }
        foreach (var line in following.Lines)
            log.LogInformation("branch followed note={Note}", line);
        keptBecause = null;
        Swap(following.Next);
    }

    private void Swap(ServedState next)
    {
        var now = clock.GetUtcNow();
        var before = State;
        Volatile.Write(ref since, next.Zones.ToImmutableDictionary(
            zone => zone.Key,
            zone => before.Zones.TryGetValue(zone.Key, out var old) && ReferenceEquals(old.Zone, zone.Value.Zone) ? ServedSince(zone.Key) : now));
        Volatile.Write(ref state, next);
        serve(next);
    }

    private Signature Sign() =>
        Signature.TryCreate("dns-primary-git", "", clock.GetUtcNow(), out var signature) ? signature : throw new UnreachableException();
}
