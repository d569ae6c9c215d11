using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Secondary;

namespace Riad.ZoneRepository.Copies;

/// <summary>What is known of a copy beside its records.</summary>
/// <param name="Apex">The zone's name.</param>
/// <param name="Origin">How we came to the zone; the group of a catalog's entry is not kept.</param>
/// <param name="Serial">Of the newest version.</param>
/// <param name="Primary">Who gave it, as the log names it.</param>
/// <param name="Contact">When it did, in whole seconds.</param>
/// <param name="Expires">When the zone expires unless a primary is heard, in whole seconds.</param>
public sealed record CopyAccount(DomainName Apex, ZoneOrigin Origin, Serial Serial, string Primary, DateTimeOffset Contact, DateTimeOffset Expires);
