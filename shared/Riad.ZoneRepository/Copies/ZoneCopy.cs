using System.Collections.Immutable;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.ZoneRepository.Copies;

/// <summary>A zone as it was kept.</summary>
/// <param name="Account">What is known of it.</param>
/// <param name="Zone">The newest version.</param>
/// <param name="Steps">What led to it from the whole version that was stored; may be empty.</param>
public sealed record ZoneCopy(CopyAccount Account, Zone Zone, ImmutableArray<ZoneStep> Steps);
