namespace Riad.Dns.Records;

/// <summary>A zone's version: a point on a circle of 2³² numbers.</summary>
/// <param name="Value">As it stands in the SOA.</param>
public readonly record struct Serial(uint Value)
{
    /// <summary>The largest step that keeps the order: 2³¹−1.</summary>
    public const uint MaxStep = int.MaxValue;

    /// <summary>The serial after this one; zero is passed over, since some software takes it for "none".</summary>
    public Serial Next => Add(1) is { Value: not 0 } next ? next : new(1);

    /// <summary>Tells whether this serial comes after <paramref name="other"/> on the circle.</summary>
    /// <param name="other">A serial of the same zone.</param>
    /// <returns>
    /// True when this serial is 1 to 2³¹−1 steps ahead. False when the two are equal, and false both ways when they
    /// are exactly 2³¹ apart, a case that the RFC leaves undefined.
    /// </returns>
    /// <remarks>Source: RFC 1982 §3.2. Never throws, allocates nothing.</remarks>
    public bool IsNewerThan(Serial other) => unchecked(Value - other.Value) is > 0 and < 0x8000_0000;

    /// <summary>Steps from <paramref name="older"/> forward to this one, around the circle.</summary>
    public uint StepsFrom(Serial older) => unchecked(Value - older.Value);

    /// <summary>The serial this many steps ahead.</summary>
    /// <param name="steps">0 to <see cref="MaxStep"/>.</param>
    /// <remarks>Source: RFC 1982 §3.1.</remarks>
    public Serial Add(uint steps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxStep);
        return new(unchecked(Value + steps));
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
