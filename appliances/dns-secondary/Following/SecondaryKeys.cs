using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Host;
using Riad.Host.Dns;

namespace Riad.DnsSecondary.Following;

/// <summary>The keys of <c>--keys</c> and the rights of <c>--policy</c>, read again when the files change and on SIGHUP.</summary>
internal sealed class SecondaryKeys
{
    private readonly HostServices host;
    private readonly ReloadedFile<TsigKeys>? keys;
    private readonly ReloadedFile<Policy>? policy;
    private Rights rights = Rights.ByKeyNames;

    private SecondaryKeys(HostServices host)
    {
        this.host = host;
        keys = host.Settings.Get(KeyFileSettings.Keys) is { } keyFile ? KeyFiles.OpenKeys(keyFile, host.Settings.Get(KeyFileSettings.AllowSha1), host.Log) : null;
        policy = host.Settings.Get(KeyFileSettings.Policy) is { } policyFile ? KeyFiles.OpenPolicy(policyFile, host.Log) : null;
        if (policy is null)
            return;
        rights = new(policy.Current);
        policy.OnChange(next => Volatile.Write(ref rights, new(next)));
    }

    /// <summary>The keys that were read last.</summary>
    public TsigKeys Current => keys?.Current ?? TsigKeys.None;

    /// <summary>Who may transfer from us and notify us.</summary>
    public Rights Rights => Volatile.Read(ref rights);

    /// <summary>Reads both files.</summary>
    /// <exception cref="OperatorException">One cannot be read, or something in it is wrong.</exception>
    public static SecondaryKeys Open(HostServices host) => new(host);

    /// <summary>Adds what happens after other keys were read. To be called before <see cref="Start"/>.</summary>
    public void OnChange(Action handle) => keys?.OnChange(_ => handle());

    /// <summary>Begins to watch the files.</summary>
    public void Start()
    {
        if (keys is not null)
            host.Background.Run("keys", stop => keys.WatchAsync(host.Clock.Provider, stop));
        if (policy is not null)
            host.Background.Run("policy", stop => policy.WatchAsync(host.Clock.Provider, stop));
    }

    /// <summary>Looks at the files now.</summary>
    public void Check()
    {
        keys?.Check();
        policy?.Check();
    }
}
