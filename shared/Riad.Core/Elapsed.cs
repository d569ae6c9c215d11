namespace Riad.Core;

/// <summary>A point on the monotonic clock: the time since the process, or the simulation, began.</summary>
/// <param name="Value">Never negative in a driver. The default is the beginning.</param>
public readonly record struct Elapsed(TimeSpan Value) : IComparable<Elapsed>
{
    /// <summary>The point <paramref name="seconds"/> after the beginning.</summary>
    public static Elapsed FromSeconds(double seconds) => new(TimeSpan.FromSeconds(seconds));

    /// <inheritdoc/>
    public int CompareTo(Elapsed other) => Value.CompareTo(other.Value);

    /// <summary>The point that comes <paramref name="span"/> later.</summary>
    public static Elapsed operator +(Elapsed point, TimeSpan span) => new(point.Value + span);

    /// <summary>The point that comes <paramref name="span"/> earlier.</summary>
    public static Elapsed operator -(Elapsed point, TimeSpan span) => new(point.Value - span);

    /// <summary>The time from <paramref name="earlier"/> to <paramref name="later"/>.</summary>
    public static TimeSpan operator -(Elapsed later, Elapsed earlier) => later.Value - earlier.Value;

    /// <summary>True when the left point comes first.</summary>
    public static bool operator <(Elapsed left, Elapsed right) => left.Value < right.Value;

    /// <summary>True when the left point comes last.</summary>
    public static bool operator >(Elapsed left, Elapsed right) => left.Value > right.Value;

    /// <summary>True when the left point does not come last.</summary>
    public static bool operator <=(Elapsed left, Elapsed right) => left.Value <= right.Value;

    /// <summary>True when the left point does not come first.</summary>
    public static bool operator >=(Elapsed left, Elapsed right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Value.TotalSeconds:0.###} s";
}
