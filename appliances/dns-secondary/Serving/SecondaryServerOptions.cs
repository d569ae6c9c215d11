using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.RateLimiting;
using Riad.Dns.Secondary;
using Riad.Dns.Server;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.DnsSecondary.Following;

namespace Riad.DnsSecondary.Serving;

/// <summary>What a <see cref="SecondaryServer"/> follows, how it answers, and whom it tells.</summary>
internal sealed record SecondaryServerOptions
{
    /// <summary>Where it answers.</summary>
    public required DnsListenerOptions Listen { get; init; }

    /// <summary>Whom each zone comes from.</summary>
    public required PrimaryChoice Primaries { get; init; }

    /// <summary>The keys of the moment.</summary>
    public Func<TsigKeys> Keys { get; init; } = static () => TsigKeys.None;

    /// <summary>Who may transfer from us, and whose NOTIFY teaches zones.</summary>
    public Func<Rights> Rights { get; init; } = static () => Dns.Server.Access.Rights.ByKeyNames;

    /// <summary>Who is told of every change, besides those in the names of keys.</summary>
    public ImmutableArray<IpEndpoint> Notify { get; init; } = [];

    /// <summary>About answers.</summary>
    public ServerOptions Answers { get; init; } = new();

    /// <summary>About following.</summary>
    public SecondaryOptions Following { get; init; } = new();

    /// <summary>About asking primaries.</summary>
    public PrimaryClientOptions Client { get; init; } = new();

    /// <summary>Called once for each thread that answers datagrams.</summary>
    public Func<RateLimiter?> NewLimiter { get; init; } = static () => null;

    /// <summary>Told what becomes of zones.</summary>
    public Action<SecondaryOutput> Tell { get; init; } = static _ => { };

    /// <summary>Told of each zone that a NOTIFY taught and that is not followed all the same, with the reason. Called from any thread.</summary>
    public Action<DomainName, string> TellUnlearned { get; init; } = static (_, _) => { };

    /// <summary>Told what becomes of NOTIFYs.</summary>
    public Action<NotifyOutput> TellNotify { get; init; } = static _ => { };

    /// <summary>Told about faults of ours.</summary>
    public Action<Exception> Report { get; init; } = static _ => { };
}
