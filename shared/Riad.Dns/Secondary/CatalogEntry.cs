using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Secondary;

/// <summary>A zone that a catalog lists.</summary>
/// <param name="Zone">The zone's name.</param>
/// <param name="Id">The label of the entry, in lower case.</param>
/// <param name="Group">The first group property; null when there is none.</param>
/// <param name="NewOwner">The catalog that may take the zone over (coo); null when none may.</param>
/// <remarks>Source: RFC 9432 §4.</remarks>
public sealed record CatalogEntry(DomainName Zone, Octets Id, string? Group, DomainName? NewOwner);
