using Riad.Dns.Server;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>What a request for a zone does not say itself.</summary>
/// <param name="IsAllowed">The client may have the zone.</param>
/// <param name="Transport">How the request came.</param>
/// <param name="SignatureLength">Octets that will be added to each message.</param>
/// <param name="MaxUdpSize">The longest answer over UDP that we send.</param>
/// <param name="History">How zones changed.</param>
/// <param name="Expire">Seconds until the zone expires, for clients that ask; null: what its SOA record says, as a primary tells it.</param>
public sealed record TransferTerms(bool IsAllowed, DnsTransport Transport, int SignatureLength, ushort MaxUdpSize, ZoneHistory History, uint? Expire = null);
