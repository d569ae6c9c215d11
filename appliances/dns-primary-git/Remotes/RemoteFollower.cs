using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Io;
using Riad.Git.Io.Remotes;
using Riad.Host;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Reads the remote when it is time, and pushes what is still to be pushed.</summary>
internal sealed class RemoteFollower(RemoteLink link, Repository repository, ZoneKeeper keeper, ExchangeSchedule schedule, HostClock clock, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim asked = new(0);
    private readonly Lock scheduling = new();
    private ExchangeSchedule schedule = schedule;
    private RemoteReading? reading;

    /// <summary>How it goes, for a person.</summary>
    public RemoteStatus Status => new(link.Address, reading?.At, link.Trouble?.Sentence, link.Here != link.Known, link.CountUnpushed());

    /// <summary>When the remote was last read; zero, the start, while it was not.</summary>
    public Elapsed LastRead => reading?.Elapsed ?? default;

    /// <summary>Asks for a reading soon: there may be something new. Safe from any thread, cheap, and bounded however often it is called.</summary>
    public void Ask()
    {
        lock (scheduling)
            schedule = schedule.Ask();
        if (asked.CurrentCount == 0)
            asked.Release();
    }

    /// <summary>Runs until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        link.AskForReading = Ask;
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(stop);
            Change(schedule => schedule.Begin());
            var isGood = await ExchangeAsync(stop);
            Change(schedule => schedule.End(clock.Elapsed, isGood));
        }
    }

    /// <summary>Reads the remote once, and writes what it lacks.</summary>
    /// <returns>False when something was in the way: <see cref="Status"/> says what.</returns>
    public async Task<bool> ExchangeAsync(CancellationToken stop)
    {
        var isGood = false;
        try
        {
            isGood = await ReadAsync(stop);
        }
        catch (RemoteException)
        {
            // The link noted it.
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            link.Note(new RemoteTrouble($"what the remote has cannot be stored ({OneLine.Escape(refused.Message.TrimEnd('.'))})", IsAway: true));
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // Zones are served all the same: what we did not foresee about a remote does not end them.
            log.LogError(fault, "a fault of ours while the remote was read");
            link.Note(new RemoteTrouble("a fault of ours, which the log has; it is tried again", IsAway: true));
        }
        if (isGood)
            link.Note(null);
        return isGood;
    }

    /// <inheritdoc/>
    public void Dispose() => asked.Dispose();

    private async Task<bool> ReadAsync(CancellationToken stop)
    {
        var known = link.Known;
        using var fetched = await link.FetchAsync(stop);
        reading = new(clock.Now.Utc, clock.Elapsed);
        var (isTaken, here) = await keeper.WithRemoteAsync(() => link.Take(fetched, known), () => link.Here, stop);
        if (!isTaken)
            return false;
        var published = await link.PushAsync(here, stop);
        switch (published)
        {
            case Publication.Granted granted:
                if (granted.Refs.Length > 0 && repository.TryUpdateRefs(granted.Refs, out _))
                    log.LogInformation("remote brought up to date branch={Branch} journal={Journal}", here.Branch, here.Journal);
                return true;
            case Publication.Moved:
                Ask();
                return true;
            case Publication.Included:
                throw new System.Diagnostics.UnreachableException();
            case Publication.Refused(var reason):
                link.Note(new RemoteTrouble(reason, IsAway: true));
                return false;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        while (true)
        {
            var wait = Schedule.Next - clock.Elapsed;
            if (wait <= TimeSpan.Zero)
                return;
            using var sooner = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(asked.WaitAsync(sooner.Token), Task.Delay(wait, clock.Provider, sooner.Token));
            await sooner.CancelAsync();
            stop.ThrowIfCancellationRequested();
        }
    }

    private ExchangeSchedule Schedule
    {
        get
        {
            lock (scheduling)
                return schedule;
        }
    }

    private void Change(Func<ExchangeSchedule, ExchangeSchedule> change)
    {
        lock (scheduling)
            schedule = change(schedule);
    }
}

/// <summary>How it goes with the remote.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Reached">When it was last read; null when it was not since the start.</param>
/// <param name="Trouble">What is in the way; null when nothing is.</param>
/// <param name="HasUnpushed">Something of ours is not there yet.</param>
/// <param name="Unpushed">How many commits of ours are not there yet; 0 also where it is only the journal.</param>
internal sealed record RemoteStatus(string Address, DateTimeOffset? Reached, string? Trouble, bool HasUnpushed, int Unpushed);

/// <summary>A reading of the remote that succeeded.</summary>
internal sealed record RemoteReading(DateTimeOffset At, Elapsed Elapsed);
