using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Riad.Git.History;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Io.Remotes;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.Git.Protocol;
using Riad.Host;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Moves this repository's refs and the remote's, so that they agree.</summary>
/// <param name="remote">The remote.</param>
/// <param name="repository">This repository.</param>
/// <param name="branchHere">The served branch, its whole name.</param>
/// <param name="branchThere">The remote's branch, its whole name.</param>
/// <param name="rewriteAllowed"><c>--allow-force</c>.</param>
/// <param name="health">Is told when both sides are kept apart.</param>
/// <param name="log">Takes what an operator has to know.</param>
/// <remarks>
/// What the remote was last known to have stands in two refs of our own. Where they differ from the branch and the journal,
/// something has still to be pushed: the refs are the queue. Which calls need the keeper's turn is said with each.
/// </remarks>
internal sealed class RemoteLink(GitRemote remote, Repository repository, string branchHere, string branchThere, bool rewriteAllowed, HealthBoard health, ILogger log)
{
    /// <summary>What the remote's branch was last known to be.</summary>
    public const string KnownBranch = RefPolicy.ReservedPrefix + "remote/branch";

    /// <summary>What the remote's journal was last known to be.</summary>
    public const string KnownJournal = RefPolicy.ReservedPrefix + "remote/served";

    /// <summary>More commits than this are not counted.</summary>
    public const int MostCounted = 10_000;

    private const int MaxPushAttempts = 3;

    // After a push whose outcome is open there must be time to read the remote.
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(5);

    private RemoteTrouble? trouble;
    private Unpushed? unpushed;

    /// <summary>Called when a change met a remote that cannot be used: it is to be read soon, so that not all changes wait.</summary>
    public Action AskForReading { get; set; } = static () => { };

    /// <summary>Called with what refs here are about to name, and where its objects are, before they move: nobody can fetch it yet.</summary>
    public Action<IObjectStore, IReadOnlyCollection<ObjectId>> LookBeforeMoving { get; set; } = static (_, _) => { };

    /// <summary>What became of fetches and pushes.</summary>
    public RemoteCounts Counts { get; } = new();

    /// <summary>Where the remote is.</summary>
    public string Address => remote.Address.ToString()!;

    /// <summary>What keeps both sides apart now; null when nothing is known to.</summary>
    public RemoteTrouble? Trouble => Volatile.Read(ref trouble);

    /// <summary>What is here now.</summary>
    public RemoteRefs Here => new(Read(branchHere), Read(JournalFormat.Ref));

    /// <summary>What the remote was last known to have.</summary>
    public RemoteRefs Known => new(Read(KnownBranch), Read(KnownJournal));

    /// <summary>How many commits of the branch here the remote is not known to have, at most <see cref="MostCounted"/>.</summary>
    public int CountUnpushed()
    {
        var (here, known) = (Here.Branch, Known.Branch);
        if (here == known || here.IsZero)
            return 0;
        var counted = Volatile.Read(ref unpushed);
        if (counted is null || counted.Here != here || counted.Known != known)
        {
            IEnumerable<ObjectId> there = known.IsZero ? [] : [known];
            counted = new(here, known, CommitHistory.Walk(repository, [here], there, MostCounted).Count());
            Volatile.Write(ref unpushed, counted);
        }
        return counted.Commits;
    }

    /// <summary>Fetches what the remote has. Needs no turn.</summary>
    /// <exception cref="RemoteException">It is away.</exception>
    public Task<RemoteFetch> FetchAsync(CancellationToken stop) => FetchAsync(TimeSpan.MaxValue, stop);

    private async Task<RemoteFetch> FetchAsync(TimeSpan atMost, CancellationToken stop)
    {
        try
        {
            var fetched = await remote.FetchAsync(repository, [branchThere, JournalFormat.Ref], atMost, stop);
            Counts.Count(fetched.HasNews ? FetchOutcome.News : FetchOutcome.Nothing);
            return fetched;
        }
        catch (RemoteException away)
        {
            Counts.Count(FetchOutcome.Failed);
            Note(new RemoteTrouble(away.Message, IsAway: true));
            throw;
        }
    }

    /// <summary>Fills a repository that has no branch yet, before anything is served. Whether that succeeded is told by <see cref="Trouble"/>.</summary>
    public async Task CloneAsync(CancellationToken stop)
    {
        if (!Here.Branch.IsZero)
            return;
        log.LogInformation("remote cloned from={Address}", Address);
        try
        {
            var known = Known;
            using var fetched = await FetchAsync(stop);
            _ = Take(fetched, known);
        }
        catch (RemoteException)
        {
            // Noted; it is tried again while we run.
        }
    }

    /// <summary>Brings this repository's refs to what was fetched. Needs the turn.</summary>
    /// <param name="fetched">What was fetched.</param>
    /// <param name="knownBefore">What was known before it was fetched: when that has changed, what was fetched is old.</param>
    /// <returns>False when it was old, or both sides go different ways.</returns>
    public bool Take(RemoteFetch fetched, RemoteRefs knownBefore)
    {
        var (here, known) = (Here, Known);
        if (known != knownBefore)
            return false;
        var there = new RemoteRefs(fetched.Find(branchThere), fetched.Find(JournalFormat.Ref));
        var next = Reconciliation.Decide(here, there, known, rewriteAllowed, (left, right) => CommitRelation.Compare(fetched.Objects, left, right));
        if ((next.Obstacle ?? FindJournalFault(fetched.Objects, here.Journal, next.Here)) is { } obstacle)
        {
            Note(new RemoteTrouble(obstacle, IsAway: false));
            return false;
        }
        LookBeforeMoving(fetched.Objects, [next.Here.Branch, next.Here.Journal]);
        fetched.Promote();
        List<RefUpdate> updates = [.. Move(branchHere, here.Branch, next.Here.Branch), .. Move(JournalFormat.Ref, here.Journal, next.Here.Journal), .. Learn(known, there)];
        if (updates.Count > 0 && !repository.TryUpdateRefs(updates, out var error))
            throw new IOException(error.Message);
        if (here.Branch != next.Here.Branch)
            log.LogInformation("remote followed branch={Branch} from={From} to={To}", branchHere, here.Branch, next.Here.Branch);
        return true;
    }

    /// <summary>What moves there past this server may be no journal at all: adopted, it could neither be gone on with nor started from.</summary>
    private string? FindJournalFault(IObjectStore fetched, ObjectId here, RemoteRefs next)
    {
        if (next.Journal == here)
            return null;
        var reason = !Journal.TryRead(fetched, next.Journal, out var journal, out var error) ? error.ToString()
            : here.IsZero || rewriteAllowed || IsIn(journal.ServedCommit) ? null
            : $"what it says is served, {journal.ServedCommit}, is not in the branch";
        return reason is null
            ? null
            : $"{JournalFormat.Ref} at the remote is at {next.Journal}, which is no journal of this server ({reason}): {(here.IsZero ? "delete it there" : $"set it back to {here} there")}";

        bool IsIn(ObjectId served) => served == next.Branch || CommitRelation.Compare(fetched, next.Branch, served) is Ancestry.Same or Ancestry.BranchAhead;
    }

    /// <summary>Why no change can be made known to the remote now; null when nothing is known to be in the way.</summary>
    public string? FindObstacle() => Trouble is { } standing
        ? standing.IsAway ? $"the remote is away ({standing.Sentence}); nothing was changed, try again later" : standing.Sentence
        : null;

    /// <summary>Makes a change known to the remote, at once or not at all. Needs the turn.</summary>
    /// <inheritdoc cref="Publisher"/>
    public async Task<Publication> PublishAsync(IPackSource store, ObjectId branch, ObjectId journal, Deadline until) => FindObstacle() is { } obstacle
        ? new Publication.Refused(obstacle)
        // Who asked may be gone; what is begun is ended all the same, and its time is bounded.
        : await PushAsync(store, new(branch, journal), until, CancellationToken.None);

    /// <summary>Pushes a branch and a journal together. Needs no turn: when the remote has moved, nothing here follows it.</summary>
    /// <param name="wanted">What the remote is to have; its objects are in the repository.</param>
    /// <param name="stop">Ends it; what the remote does then is not known, and found out by the next fetch.</param>
    public Task<Publication> PushAsync(RemoteRefs wanted, CancellationToken stop) => PushAsync(repository, wanted, until: null, stop);

    // With a deadline the caller has the keeper's turn, so that refs here may follow a remote that has moved.
    private async Task<Publication> PushAsync(IPackSource store, RemoteRefs wanted, Deadline? until, CancellationToken stop)
    {
        var isOpen = false; // a push before may have come through
        for (var attempt = 1; ; attempt++)
        {
            var known = Known;
            ImmutableArray<RefCommand> commands = [.. Commands(known, wanted)];
            if (commands.IsEmpty)
                return new Publication.Granted([]);
            try
            {
                var outcome = await remote.PushAsync(store, commands, TimeFor(until, isOpen), stop);
                Counts.Count(outcome);
                if (outcome is RemotePush.Done)
                    return new Publication.Granted([.. Learn(known, new(Written(wanted.Branch, known.Branch), Written(wanted.Journal, known.Journal)))]);
                if (until is null && outcome is RemotePush.Moved)
                    return new Publication.Moved();
                if (until is { } limit && await FollowAsync(known, limit, stop) is { } followed)
                    return isOpen && followed is Publication.Moved && IsHere(wanted.Branch) ? new Publication.Included() : followed;
                // Only what is known of it has changed: a journal entry that went there beside this change.
                if (Known != known && attempt < MaxPushAttempts)
                    continue;
                return new Publication.Refused(outcome is RemotePush.Refused refused
                    ? $"the remote refuses it: {refused.Reason}{Spoken(refused.Words)}"
                    : "the remote changes faster than it can be followed; try again");
            }
            catch (RemoteException cut) when (cut.MayHaveHappened && attempt < MaxPushAttempts)
            {
                // Each push begins with what the remote has: one that came through is seen, one that did not is sent again.
                isOpen = true;
                log.LogWarning("push cut off, the remote is read reason={Reason}", cut.Message);
            }
            catch (RemoteException away)
            {
                isOpen |= away.MayHaveHappened;
                Counts.Count(isOpen ? PushOutcome.Unknown : PushOutcome.Failed);
                Note(new RemoteTrouble(away.Message, IsAway: true));
                AskForReading();
                return new Publication.Refused(isOpen
                    ? $"the connection to the remote broke ({away.Message}), and whether it has the change is known once it can be read again; nothing was changed here"
                    : $"the remote is away ({away.Message}); nothing was changed, try again later");
            }
        }
    }

    /// <summary>Notes what keeps both sides apart, or that nothing does.</summary>
    public void Note(RemoteTrouble? found)
    {
        if (found is not null && found != Trouble)
            log.LogWarning("remote trouble reason={Reason}", found.Sentence);
        if (found is null && Trouble is not null)
            log.LogInformation("remote trouble is over");
        Volatile.Write(ref trouble, found);
        health.Set("remote", found is null ? HealthFinding.Ok : new(HealthStatus.Degraded, found.Sentence));
    }

    // The remote said no: because it has moved, which is seen by fetching, or for a reason of its own (null).
    private async Task<Publication?> FollowAsync(RemoteRefs known, Deadline until, CancellationToken stop)
    {
        var before = Here;
        using var fetched = await FetchAsync(until.Left, stop);
        var isTaken = Take(fetched, known);
        if (isTaken && Here != before)
            return new Publication.Moved();
        return !isTaken && Known == known && Trouble is { } standing ? new Publication.Refused(standing.Sentence) : null;
    }

    private static TimeSpan TimeFor(Deadline? until, bool isOpen)
    {
        if (until is not { } limit)
            return TimeSpan.MaxValue;
        var left = limit.Left;
        return isOpen ? left : left > 2 * ReadingTime ? left - ReadingTime : left / 2;
    }

    private bool IsHere(ObjectId branch) => !branch.IsZero && CommitRelation.Compare(repository, Here.Branch, branch) is Ancestry.Same or Ancestry.BranchAhead;

    private IEnumerable<RefCommand> Commands(RemoteRefs known, RemoteRefs wanted)
    {
        if (!wanted.Branch.IsZero && wanted.Branch != known.Branch)
            yield return new(known.Branch, wanted.Branch, branchThere);
        if (!wanted.Journal.IsZero && wanted.Journal != known.Journal)
            yield return new(known.Journal, wanted.Journal, JournalFormat.Ref);
    }

    private static IEnumerable<RefUpdate> Learn(RemoteRefs known, RemoteRefs there) =>
        [.. Move(KnownBranch, known.Branch, there.Branch), .. Move(KnownJournal, known.Journal, there.Journal)];

    private static IEnumerable<RefUpdate> Move(string name, ObjectId from, ObjectId to) => from == to ? [] : [new(name, from, to)];

    private static ObjectId Written(ObjectId wanted, ObjectId known) => wanted.IsZero ? known : wanted;

    private static string Spoken(string words) => words.Trim() is { Length: > 0 } said ? $" ({string.Join("; ", said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(3))})" : "";

    // Counted once for each pair of commits.
    private sealed record Unpushed(ObjectId Here, ObjectId Known, int Commits);

    private ObjectId Read(string name) => repository.TryReadRef(name, out var id) ? id : ObjectId.Zero;
}

/// <summary>What keeps this server and its remote apart.</summary>
/// <param name="Sentence">For the log, the status page and whoever wants to change something.</param>
/// <param name="IsAway">The remote cannot be reached or used; otherwise both sides go different ways, and a person decides.</param>
internal sealed record RemoteTrouble(string Sentence, bool IsAway);
