using Riad.Core;
using Riad.Dns.Tsig;

namespace Riad.Dns.Notify;

/// <summary>Who is told that a zone has changed.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Key">What the message is signed with; null when no key is known for that address.</param>
public sealed record NotifyTarget(IpEndpoint Endpoint, TsigKey? Key)
{
    /// <summary>Where name servers listen.</summary>
    public const ushort Port = 53;
}
