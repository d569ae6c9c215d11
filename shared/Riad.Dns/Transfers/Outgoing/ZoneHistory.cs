using System.Collections.Immutable;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>Knows how a zone changed: a journal, or what a secondary was sent. Called from any thread.</summary>
/// <param name="served">The version that is served.</param>
/// <param name="from">The version that a client has: an older serial.</param>
/// <returns>The steps from there to the served version, each beginning where the one before ends; null when the whole zone must be sent.</returns>
public delegate ImmutableArray<ZoneStep>? ZoneHistory(Zone served, Serial from);
