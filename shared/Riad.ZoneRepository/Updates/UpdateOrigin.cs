using Riad.Core;
using Riad.Dns.Names;

namespace Riad.ZoneRepository.Updates;

/// <summary>Who wants an update: what its commit says of that.</summary>
/// <param name="Key">The name of the key that signed it; null when nothing did.</param>
/// <param name="Client">The address that it came from.</param>
/// <param name="At">When it came, by the clock of the server.</param>
public sealed record UpdateOrigin(DomainName? Key, IpAddress Client, DateTimeOffset At);
