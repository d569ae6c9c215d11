using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Secondary;
using Riad.DnsSecondary.Serving;
using Riad.ZoneRepository.Copies;

namespace Riad.DnsSecondary.Keeping;

/// <summary>Keeps what was transferred, so that the next start needs no primary. Serving never waits for it.</summary>
internal sealed class StateKeeper
{
    private const int TidyAfter = 64; // commits: each is a pack of its own until then

    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(1); // zones that change together share a commit
    private static readonly TimeSpan ContactsEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(1);

    private readonly CopyStore store;
    private readonly ContactFile contactFile;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly PendingCopies pending = new();
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private CopyStore.Contents contents; // until it is recalled
    private string? failure;
    private int commits;

    /// <summary>Begins with what was read.</summary>
    public StateKeeper(CopyStore store, CopyStore.Contents contents, ContactFile contactFile, TimeProvider clock, ILogger log) =>
        (this.store, this.contents, this.contactFile, this.clock, this.log) = (store, contents, contactFile, clock, log);

    /// <summary>Called when there are many small packs.</summary>
    public Action Tidy { get; init; } = static () => { };

    /// <summary>Why the last attempt to write failed; null when it did not.</summary>
    public string? Failure => Volatile.Read(ref failure);

    /// <summary>Hands what earlier runs kept to a server that does not listen yet, and forgets what nobody follows any more.</summary>
    /// <param name="server">Receives it.</param>
    /// <param name="follow">Has the zones followed that the operator named.</param>
    public void Recall(SecondaryServer server, Action follow)
    {
        var (now, contacts) = (clock.GetUtcNow(), contactFile.Read(log));
        server.Recall([.. contents.Copies.Select(copy => CopyAge.Recall(copy, contacts.GetValueOrDefault(copy.Account.Apex), now))]);
        follow();
        foreach (var copy in contents.Copies.Where(copy => copy.Account.Origin is ZoneOrigin.Learned))
            server.FollowLearned(copy.Account.Apex);
        server.Prepare();
        Forget(server);
        contents = new([], []);
    }

    /// <summary>Takes what became of a zone.</summary>
    public void Take(SecondaryOutput output, SecondaryServer server)
    {
        if (output is SecondaryOutput.Left(var apex, _))
            pending.Add(new CopyChange.Removed(apex));
        else if (output is not SecondaryOutput.Changed { Refused: null } changed || !TryTake(changed, server))
            return; // of a catalog the last that could be followed is kept, so that its zones are known after a restart (RFC 9432 §5.1)
        signal.Writer.TryWrite(true);
    }

    /// <summary>Writes again and again until it is told to stop, and once more then.</summary>
    public async Task RunAsync(SecondaryServer server, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await WaitAsync(ContactsEvery, stop);
                if (!pending.IsEmpty)
                    await Task.Delay(Failure is null ? Gather : AgainAfter, clock, stop);
                await Task.Run(() => Write(server), stop);
            }
        }
        finally
        {
            Write(server);
        }
    }

    /// <summary>Writes everything that waits, and the last contacts.</summary>
    public void Write(SecondaryServer server)
    {
        var taken = ImmutableArray<CopyChange>.Empty;
        try
        {
            while ((taken = pending.Take()).Length > 0)
                Store(taken);
            contactFile.Write(ContactsOf(server));
            Volatile.Write(ref failure, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            pending.Return(taken);
            if (Failure is null)
                log.LogError("state not written, zones are served all the same repository={Repository} reason={Reason}", store.Repository.Path, exception.Message.TrimEnd('.'));
            Volatile.Write(ref failure, exception.Message.TrimEnd('.'));
            signal.Writer.TryWrite(true);
        }
    }

    private void Store(ImmutableArray<CopyChange> changes)
    {
        foreach (var apex in store.Write(changes, clock.GetUtcNow()))
            log.LogWarning("zone too large for the state, so the next start transfers it anew zone={Zone}", apex.ToStringWithoutFinalDot());
        if (++commits % TidyAfter == 0)
            Tidy();
    }

    private bool TryTake(SecondaryOutput.Changed changed, SecondaryServer server)
    {
        var (now, apex) = (clock.GetUtcNow(), changed.Zone.Apex);
        var (origin, left) = server.Read(zones => zones.Find(apex) is { } zone ? (zone.Origin, zone.Maintenance.ExpiresAt - server.Now) : (null, null));
        if (origin is null || left is null)
            return false;
        pending.Add(new CopyChange.Version(new(apex, origin, changed.Zone.Serial, changed.Primary.Endpoint.ToString(), now, now + left.Value), changed.Zone, changed.Steps));
        return true;
    }

    private List<ZoneContact> ContactsOf(SecondaryServer server)
    {
        var (now, elapsed) = (clock.GetUtcNow(), server.Now);
        return server.Read(zones => zones.Followed.Select(zone => ContactOf(zone, now, elapsed)).OfType<ZoneContact>().ToList());
    }

    private static ZoneContact? ContactOf(FollowedZone zone, DateTimeOffset now, Elapsed elapsed) =>
        zone is { Zone: { } version, Maintenance: { LastContact: { } contact, ExpiresAt: { } expires } }
            ? new(zone.Apex, version.Serial, now - (elapsed - contact), now + (expires - elapsed))
            : null;

    /// <summary>Zones that nobody follows any more go from the state; while a catalog is still to come, its zones may be among them.</summary>
    private void Forget(SecondaryServer server)
    {
        var followed = server.Read(zones => zones.AwaitsCatalog ? null : zones.Followed.Select(zone => zone.Apex).ToHashSet());
        if (followed is null)
            return;
        foreach (var apex in contents.Copies.Select(copy => copy.Account.Apex).Concat(contents.Damaged.Select(damaged => damaged.Apex)).Where(apex => !followed.Contains(apex)))
            pending.Add(new CopyChange.Removed(apex));
    }

    private async Task WaitAsync(TimeSpan most, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(signal.Reader.WaitToReadAsync(ended.Token).AsTask(), Task.Delay(most, clock, ended.Token));
        await ended.CancelAsync();
        stop.ThrowIfCancellationRequested();
        _ = signal.Reader.TryRead(out _);
    }
}
