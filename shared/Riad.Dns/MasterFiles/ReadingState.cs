using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>What the entries before a place of a master file leave to those behind it.</summary>
/// <param name="Origin">What completes relative names.</param>
/// <param name="Owner">Of the record before; empty before the first.</param>
/// <param name="DefaultTtl">From $TTL, or from the SOA that stood for it.</param>
/// <param name="LastTtl">Of the record before.</param>
internal sealed record ReadingState(Octets Origin, Octets Owner, uint? DefaultTtl, uint? LastTtl);
