using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;
using Riad.Git.Io;
using Riad.Git.Objects;
using Riad.Host;
using Riad.Host.Dns;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>Puts together what has to do with keys: their files, what they may do, and who is told of changes.</summary>
internal sealed class KeyService : IDisposable
{
    private readonly HostServices host;
    private readonly ReloadedFile<TsigKeys>? given;
    private readonly ReloadedFile<Policy>? policy;
    private readonly ServedKeys keys;
    private readonly NotifyDriver notify;
    private readonly SecondaryNotices notices;

    private KeyService(HostServices host, Repository store)
    {
        this.host = host;
        var allowSha1 = host.Settings.Get(KeyFileSettings.AllowSha1);
        given = host.Settings.Get(KeyFileSettings.Keys) is { } keyFile ? KeyFiles.OpenKeys(keyFile, allowSha1, host.Log) : null;
        policy = host.Settings.Get(KeyFileSettings.Policy) is { } policyFile ? KeyFiles.OpenPolicy(policyFile, host.Log) : null;
        keys = new(store, given, policy, allowSha1);
        var options = new NotifyDriverOptions
        {
            Source = SourceOf(host, isIPv6: false),
            SourceIPv6 = SourceOf(host, isIPv6: true),
            Tell = output => NotifyMeter.Tell(host.Log, output),
        };
        notify = new(host.Network, options, host.Clock.Provider, host.Random);
        notices = new(notify, keys, host.Settings.Get(KeySettings.Notify), host.Listen);
        given?.OnChange(_ => KeysChanged());
    }

    /// <summary>The keys that are known now.</summary>
    public TsigKeys Current => keys.Current;

    /// <summary>What they may do now.</summary>
    public Rights Rights => keys.Rights;

    /// <summary>What is wrong with keys, one sentence each.</summary>
    public ImmutableArray<string> Troubles => [.. keys.Troubles, .. notices.Troubles];

    /// <summary>What is wrong with the _keys files of a commit that is not served, one sentence each.</summary>
    public ImmutableArray<string> TroublesOf(IObjectStore objects, ObjectId commit) => keys.TroublesOf(objects, commit);

    /// <summary>Reads the files that were given.</summary>
    /// <exception cref="OperatorException">One of them cannot be used.</exception>
    public static KeyService Open(HostServices host, Repository repository) => new(host, repository);

    /// <summary>Takes up the _keys files of a state, and has secondaries told of its zones.</summary>
    /// <param name="state">What is served.</param>
    /// <param name="zones">The same, as it answers questions.</param>
    /// <param name="catalog">The catalog of it; null for none.</param>
    public void Serve(ServedState state, ZoneSet zones, Zone? catalog)
    {
        var changed = keys.Follow(state);
        notices.Announce(state, zones, catalog);
        if (changed)
            notices.KeysChanged();
        SetHealth();
    }

    /// <summary>A sentence for each secondary that does not answer.</summary>
    public Seq<string> DescribeSecondaries() => NotifyMeter.Describe(notify);

    /// <summary>Begins to watch the files and to tell secondaries.</summary>
    public void Start()
    {
        NotifyMeter.Register(host.Metrics, notify);
        host.Background.Run("notify", notify.RunAsync);
        if (given is not null)
            host.Background.Run("keys", stop => given.WatchAsync(host.Clock.Provider, stop));
        if (policy is not null)
            host.Background.Run("policy", stop => policy.WatchAsync(host.Clock.Provider, stop));
    }

    /// <inheritdoc/>
    public void Dispose() => notify.Dispose();

    private void KeysChanged()
    {
        keys.Reload();
        notices.KeysChanged();
        SetHealth();
    }

    private void SetHealth() =>
        host.Health.Set("keys", Troubles is [var first, ..] ? new(HealthStatus.Degraded, first) : HealthFinding.Ok);

    /// <summary>Secondaries look at the address that a message comes from: it is the first that we answer at, where that is one of the wider network.</summary>
    private static IpAddress SourceOf(HostServices host, bool isIPv6) => host.Listen
        .Select(local => local.Address)
        .FirstOrDefault(address => address.IsIPv6 == isIPv6 && !address.IsAny && !address.IsLoopback, isIPv6 ? new(default(IPv6Address)) : default);
}
