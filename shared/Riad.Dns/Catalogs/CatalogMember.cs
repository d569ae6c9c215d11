using Riad.Dns.Names;

namespace Riad.Dns.Catalogs;

/// <summary>A zone that a catalog lists.</summary>
/// <param name="Zone">The zone's name.</param>
/// <param name="Group">What consumers configure it by; null for none.</param>
/// <remarks>Source: RFC 9432 §4.3.2: a group's name means what producer and consumer have agreed on.</remarks>
public sealed record CatalogMember(DomainName Zone, string? Group);
