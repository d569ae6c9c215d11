namespace Riad.Dns.Secondary;

/// <summary>What an operator may choose about following primaries.</summary>
public sealed record SecondaryOptions
{
    /// <summary>Of the zones' timers.</summary>
    public TimerBounds Timers { get; init; } = new();

    /// <summary>Attempts under way at once.</summary>
    public int MaxAttempts { get; init; } = 32;

    /// <summary>Attempts under way at once with one primary, so that one that hangs does not hold up the others.</summary>
    public int MaxAttemptsPerPrimary { get; init; } = 16;

    /// <summary>The most zones that one catalog may list.</summary>
    public int MaxCatalogEntries { get; init; } = 1_000_000;

    /// <summary>The most zones that are followed because a NOTIFY told of them.</summary>
    public int MaxLearned { get; init; } = 100_000;
}
