using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>A record of a changed part of a file.</summary>
/// <param name="Owner">On the wire.</param>
/// <param name="Type">The key of its set.</param>
/// <param name="Ttl">Seconds.</param>
/// <param name="Rdata">Uncompressed.</param>
internal readonly record struct PartRecord(byte[] Owner, RrType Type, uint Ttl, byte[] Rdata);
