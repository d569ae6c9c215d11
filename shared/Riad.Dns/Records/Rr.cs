namespace Riad.Dns.Records;

/// <summary>The one record of a type of which a name holds at most one.</summary>
/// <param name="Ttl">How long it may be kept.</param>
/// <param name="Value">Its data.</param>
public sealed record Rr<T>(Ttl Ttl, T Value)
    where T : IEquatable<T>;
