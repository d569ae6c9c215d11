using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Zones.Checks;

/// <summary>The address of a name server of the zone whose name lies outside of it: where a NOTIFY goes. Never served.</summary>
/// <param name="Server">Named by an NS record of the apex.</param>
/// <param name="Address">Written in the zone's file beside it.</param>
public sealed record NotifyHint(DomainName Server, IpAddress Address);
