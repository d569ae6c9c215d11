using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Secondary;

/// <summary>Whom a zone is transferred from.</summary>
/// <param name="Endpoint">Where it answers over TCP, or over TLS.</param>
/// <param name="Key">The key that signs what is said; null when nothing is signed.</param>
/// <param name="TlsName">The name that its certificate must carry; null for plain TCP.</param>
public sealed record PrimaryServer(IpEndpoint Endpoint, DomainName? Key = null, string? TlsName = null);
