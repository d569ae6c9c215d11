using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Notify;

/// <summary>A version of a zone, and who is told of it.</summary>
/// <param name="Apex">The zone's name.</param>
/// <param name="Soa">Under the serial that is served.</param>
/// <param name="SoaTtl">Of the SOA record.</param>
/// <param name="Targets">Each endpoint once.</param>
/// <param name="Names">Name servers whose addresses only the system's resolver knows.</param>
public sealed record NotifyZone(DomainName Apex, Soa Soa, Ttl SoaTtl, Seq<NotifyTarget> Targets, Seq<DomainName> Names);
