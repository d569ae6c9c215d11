using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Outgoing;
using Riad.Dns.Tsig;

namespace Riad.Dns.Io;

/// <summary>What a <see cref="RequestServer"/> answers from. All functions are asked anew for each request.</summary>
public sealed record RequestServerOptions
{
    /// <summary>What is served now.</summary>
    public required Func<Authority> Authority { get; init; }

    /// <summary>The keys that are known now.</summary>
    public Func<TsigKeys> Keys { get; init; } = static () => TsigKeys.None;

    /// <summary>Who may have a zone: the key whose signature was good or null, the client's address, the zone. Nobody, unless it says so.</summary>
    public Func<TsigKey?, IpAddress, DomainName, bool> MayTransfer { get; init; } = static (_, _, _) => false;

    /// <summary>How zones changed.</summary>
    public ZoneHistory History { get; init; } = static (_, _) => null;

    /// <summary>Seconds until a zone expires; null for what its SOA record says.</summary>
    public Func<DomainName, uint?> Expire { get; init; } = static _ => null;

    /// <summary>Zones are given over TLS alone, 1.3 or later (RFC 9103 §7.1).</summary>
    public bool TransfersNeedTls { get; init; }

    /// <summary>The longest answer over UDP: 512 to 4096.</summary>
    public ushort MaxUdpSize { get; init; } = Messages.Edns.UsualUdpSize;

    /// <summary>Answers NOTIFY; null: it is not implemented.</summary>
    public RequestAnswer? Notify { get; init; }

    /// <summary>Answers UPDATE; null: it is not implemented.</summary>
    public RequestAnswer? Update { get; init; }
}
