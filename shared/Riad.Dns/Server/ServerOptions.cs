using Riad.Core;
using Riad.Dns.Cookies;

namespace Riad.Dns.Server;

/// <summary>What an operator may choose about answers. Immutable.</summary>
public sealed record ServerOptions
{
    /// <summary>The longest <see cref="Identifier"/>: the shortest answer has room for it beside the longest question and a cookie.</summary>
    public const int MaxIdentifierLength = 128;

    /// <summary>The largest <see cref="MaxUdpSize"/>.</summary>
    public const int MaxUdpSizeLimit = 4096;

    /// <summary>The name of this server: what NSID, id.server and hostname.bind say; empty says nothing. At most 128 octets.</summary>
    public Octets Identifier { get; init; }

    /// <summary>What version.bind and version.server say; empty says nothing. At most 255 octets.</summary>
    public Octets Version { get; init; }

    /// <summary>Makes and checks cookies; null ignores them.</summary>
    public ServerCookies? Cookies { get; init; }

    /// <summary>The longest answer over UDP, and the size that our OPT records tell: 512 to 4096.</summary>
    public ushort MaxUdpSize { get; init; } = Messages.Edns.UsualUdpSize;
}
