using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>A record as a file says it, and where.</summary>
/// <param name="Owner">Absolute.</param>
/// <param name="Type">The record type.</param>
/// <param name="Ttl">Written, or inherited.</param>
/// <param name="Data">Uncompressed.</param>
/// <param name="Start">Octets from the start of the file to the entry.</param>
/// <param name="TypeAt">Octets from the start of the file to the type's word: what follows needs no line before it.</param>
/// <param name="End">Octets from the start of the file to what follows the entry.</param>
public sealed record WrittenRecord(DomainName Owner, RrType Type, Ttl Ttl, Octets Data, int Start, int TypeAt, int End);
