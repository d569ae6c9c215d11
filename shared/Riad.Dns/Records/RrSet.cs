using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>The records of one name and type: one TTL, at least one value, no value twice.</summary>
/// <remarks>Source: RFC 2181 §5. Values keep the order in which they were stored.</remarks>
public sealed record RrSet<T>(Ttl Ttl, Seq<T> Values)
    where T : IEquatable<T>;
