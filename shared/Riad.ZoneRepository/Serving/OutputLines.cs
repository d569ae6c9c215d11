using System.Collections.Immutable;
using System.Globalization;

namespace Riad.ZoneRepository.Serving;

/// <summary>Keeps what is said to a person readable.</summary>
public static class OutputLines
{
    /// <summary>The most lines.</summary>
    public const int Max = 200;

    /// <summary>The lines, cut to <see cref="Max"/>; the last then says how many more there are.</summary>
    public static ImmutableArray<string> Bound(IReadOnlyCollection<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count <= Max)
            return [.. lines];
        return [.. lines.Take(Max - 1), string.Create(CultureInfo.InvariantCulture, $"... and {lines.Count - Max + 1} more lines")];
    }
}
