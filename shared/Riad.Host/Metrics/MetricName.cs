using System.Text;

namespace Riad.Host.Metrics;

/// <summary>The Prometheus name of an instrument of System.Diagnostics.Metrics.</summary>
/// <remarks>Source: Prometheus, "Metric and label naming"; OpenTelemetry, "Prometheus compatibility".</remarks>
internal static class MetricName
{
    /// <summary><c>riad.git.push.duration</c> in <c>s</c> becomes <c>riad_git_push_duration_seconds</c>.</summary>
    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        var name = new StringBuilder(instrument.Length + 16);
        foreach (var character in instrument)
            name.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        AppendOnce(name, Unit(unit));
        if (kind is MetricKind.Counter)
            AppendOnce(name, "_total");
        return name.ToString();
    }

    private static string Unit(string? unit) => unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        "1" => "_ratio",
        // {query} and the like count things that the name itself says.
        _ => "",
    };

    private static void AppendOnce(StringBuilder name, string suffix)
    {
        if (!name.ToString().EndsWith(suffix, StringComparison.Ordinal))
            name.Append(suffix);
    }
}
