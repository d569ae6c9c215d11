using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.Secondary;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Riad.DnsSecondary.Following;
using Riad.Net;

namespace Riad.DnsSecondary.Serving;

/// <summary>Everything that speaks DNS: it follows primaries, answers queries, and passes zones on. Without the process around it.</summary>
internal sealed class SecondaryServer : IAsyncDisposable
{
    private readonly INetwork network;
    private readonly SecondaryServerOptions options;
    private readonly TimeProvider clock;
    private readonly SecondaryDriver following;
    private readonly NotifyDriver notices;
    private readonly StepMemory steps = new();
    private ZoneSet catalogs = ZoneSet.Empty;
    private readonly ConcurrentDictionary<DomainName, FollowedZone> followed = new(); // so that answering threads take no lock
    private Authority authority;
    private ServerDriver? driver;

    /// <summary>Opens what it asks and tells with; it does not listen yet.</summary>
    public SecondaryServer(INetwork network, SecondaryServerOptions options, TimeProvider clock, IRandom random)
    {
        (this.network, this.options, this.clock) = (network, options, clock);
        authority = new(ZoneSet.Empty, options.Answers) { Expire = SecondsUntilExpiry };
        following = new(new(options.Following, NewSeed(random)), new(network, options.Client, clock, random), name => options.Keys().Find(name), clock) { Serve = Serve, Tell = Tell, Report = options.Report };
        notices = new(network, new() { Tell = options.TellNotify, Resolve = static (_, _) => Task.FromResult<Seq<IpAddress>>([]) }, clock, random);
        var notifies = new NotifyAnswers(options.Keys, options.Rights, options.Primaries, following) { TellUnlearned = options.TellUnlearned };
        Requests = new(
            new()
            {
                Authority = () => Volatile.Read(ref authority),
                Keys = options.Keys,
                MayTransfer = (key, client, zone) => options.Rights().MayTransfer(key, client, zone),
                History = steps.Find,
                Expire = SecondsUntilExpiry,
                Notify = notifies.AnswerAsync,
            },
            clock);
    }

    /// <summary>Begins to answer.</summary>
    /// <exception cref="NetworkException">A port is taken, or the like: one sentence for the operator.</exception>
    public ServerDriver Listen() => driver = ServerDriver.Open(network, options.Listen, authority, options.NewLimiter, clock, options.Report, Requests);

    /// <summary>Answers what is more than a query.</summary>
    public RequestServer Requests { get; }

    /// <summary>What is served now.</summary>
    public Authority Authority => Volatile.Read(ref authority);

    /// <summary>Has a zone followed.</summary>
    public void Follow(DomainName zone, ZoneOrigin origin) => following.Post(new SecondaryInput.Follow(zone, options.Primaries.Of(zone, options.Keys()), origin));

    /// <summary>Has a zone followed whose name a NOTIFY told in an earlier run, if it may still be told.</summary>
    public void FollowLearned(DomainName zone)
    {
        var (keys, rights) = (options.Keys(), options.Rights());
        if (!keys.Any(key => rights.MayNotify(key, zone)))
            return;
        if (options.Primaries.TryChoose(zone, keys, out var primaries, out var reason))
            following.Post(new SecondaryInput.Follow(zone, primaries, new ZoneOrigin.Learned()));
        else
            options.TellUnlearned(zone, reason);
    }

    /// <summary>The keys have changed: has every zone asked for as they say now. One of which they say nothing clear stays as it was, rather than unsigned.</summary>
    public void ChooseAgain()
    {
        foreach (var (zone, primaries) in following.Read(zones => zones.Followed.Where(zone => zone.Origin is not ZoneOrigin.Member).Select(zone => (zone.Apex, zone.Primaries)).ToList()))
            ChooseAgain(zone, primaries);
    }

    /// <summary>Has versions of an earlier run served, once their zones are followed.</summary>
    public void Recall(ImmutableArray<RecalledZone> zones) => following.Post(new SecondaryInput.Recall(zones));

    /// <summary>Takes what was recalled and followed so far, before it listens.</summary>
    public void Prepare()
    {
        following.Post(new SecondaryInput.RecallEnded());
        following.Prepare();
    }

    /// <summary>Looks at the zones as they are now.</summary>
    /// <param name="look">Must be quick, and keep nothing that it sees but values.</param>
    public T Read<T>(Func<SecondaryZones, T> look) => following.Read(look);

    /// <summary>Has every zone asked for now.</summary>
    public void RefreshAll() => following.Post(new SecondaryInput.RefreshAll());

    /// <summary>Every zone as it stands now.</summary>
    public IReadOnlyList<ZoneView> Views() => following.Read(zones => zones.Followed.Select(zone => ZoneView.Of(zone, following.Now)).ToList());

    /// <summary>How they are altogether.</summary>
    public ZoneSurvey Survey() => following.Read(zones => ZoneSurvey.Of(zones, following.Now));

    /// <summary>The clock of the zones' timers.</summary>
    public Elapsed Now => following.Now;

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(following.RunAsync(stop), notices.RunAsync(stop));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (driver is not null)
            await driver.DisposeAsync();
        notices.Dispose();
    }

    private void Serve(ZoneSet zones) => Publish(new(zones, options.Answers) { ForPeers = Authority.ForPeers, Expire = SecondsUntilExpiry });

    private void Publish(Authority next)
    {
        Volatile.Write(ref authority, next);
        if (driver is not null)
            driver.Authority = next;
    }

    private void Tell(SecondaryOutput output)
    {
        switch (output)
        {
            case SecondaryOutput.Followed(var name, _) when following.Read(zones => zones.Find(name)) is { } zone: TakeFollowed(zone); break;
            case SecondaryOutput.Changed changed: TakeChange(changed); break;
            case SecondaryOutput.Recalled(var kept, var known, var isExpired): TakeRecalled(kept, known, isExpired); break;
            case SecondaryOutput.Expired(var apex): TakeExpired(apex); break;
            case SecondaryOutput.Restored(var apex): TakeRestored(apex); break;
            case SecondaryOutput.Left(var apex, var origin): TakeLeft(apex, origin); break;
        }
        options.Tell(output);
    }

    private void TakeFollowed(FollowedZone zone)
    {
        followed[zone.Apex] = zone;
        var (origin, primaries) = following.Read(_ => (zone.Origin, zone.Primaries));
        if (origin is not ZoneOrigin.Member)
            ChooseAgain(zone.Apex, primaries); // the keys may have changed while it was on its way
    }

    private void ChooseAgain(DomainName zone, Seq<PrimaryServer> before)
    {
        if (options.Keys() is { Count: > 0 } keys && options.Primaries.TryChoose(zone, keys, out var primaries, out _) && primaries != before)
            following.Post(new SecondaryInput.SetPrimaries(zone, primaries));
    }

    private void TakeChange(SecondaryOutput.Changed changed)
    {
        steps.Take(changed.Zone, changed.Steps);
        if (following.Read(zones => zones.Find(changed.Zone.Apex)?.IsCatalog) is true)
            PublishCatalogs(catalogs.With(changed.Zone));
        var targets = new NotifyTargets(ZoneSet.Empty, options.Keys(), [.. options.Notify.Select(endpoint => new NotifyTarget(endpoint, Key: null))]);
        var notice = targets.Find(changed.Zone, []) with { Names = [] };
        if (notice.Targets.Count > 0)
            notices.Take(new NotifyInput.Changed([notice]));
    }

    private void TakeRecalled(Zone zone, ImmutableArray<ZoneStep> known, bool isExpired)
    {
        steps.Take(zone, []);
        if (!known.IsEmpty)
            steps.Take(zone, known);
        if (following.Read(zones => zones.Find(zone.Apex)?.IsCatalog) is true)
            PublishCatalogs(isExpired ? WithExpired(zone.Apex) : catalogs.With(zone));
    }

    // A catalog is no zone that answers questions, but it is passed on; what has expired is not (RFC 1034 §4.3.5).
    private void TakeExpired(DomainName apex)
    {
        if (following.Read(zones => zones.Find(apex)?.IsCatalog) is true)
            PublishCatalogs(WithExpired(apex));
    }

    private void TakeRestored(DomainName apex)
    {
        if (following.Read(zones => zones.Find(apex) is { IsCatalog: true } catalog ? catalog.Zone : null) is { } version)
            PublishCatalogs(catalogs.With(version));
    }

    private ZoneSet WithExpired(DomainName catalog) => catalogs.Without(catalog).WithoutGoodVersion(catalog, ZoneAbsence.Expired);

    private void TakeLeft(DomainName apex, ZoneOrigin origin)
    {
        followed.TryRemove(apex, out _);
        steps.Forget(apex);
        notices.Take(new NotifyInput.Removed([apex]));
        if (origin is ZoneOrigin.Catalog)
            PublishCatalogs(catalogs.Without(apex));
    }

    private void PublishCatalogs(ZoneSet next)
    {
        catalogs = next;
        Publish(new(Authority.Zones, options.Answers) { ForPeers = next.Count > 0 ? new(next, options.Answers) { Expire = SecondsUntilExpiry } : null, Expire = SecondsUntilExpiry });
    }

    private uint? SecondsUntilExpiry(DomainName zone) =>
        followed.GetValueOrDefault(zone)?.Maintenance.ExpiresAt is { } at ? (uint)Math.Clamp((at - following.Now).TotalSeconds, 0, uint.MaxValue) : null;

    private static ulong NewSeed(IRandom random)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        random.Fill(octets);
        return BinaryPrimitives.ReadUInt64LittleEndian(octets);
    }
}
