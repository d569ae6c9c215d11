namespace Riad.Dns.Records;

/// <summary>How long a record may be kept, in seconds.</summary>
/// <param name="Seconds">0 to 2³¹−1 in a zone.</param>
/// <remarks>Source: RFC 2181 §8.</remarks>
public readonly record struct Ttl(uint Seconds)
{
    /// <summary>The longest a record may be kept.</summary>
    public const uint MaxSeconds = int.MaxValue;

    /// <inheritdoc/>
    public override string ToString() => Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
