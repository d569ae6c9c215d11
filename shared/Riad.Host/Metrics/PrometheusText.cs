using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Riad.Host.Metrics;

/// <summary>Writes metrics in Prometheus' text format.</summary>
/// <remarks>Source: Prometheus, "Exposition formats", text format 0.0.4.</remarks>
internal static class PrometheusText
{
    /// <summary>The content type that goes with it.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes families sorted by name; those of one name become one family, as the format wants it.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(4096);
        foreach (var sameName in families.GroupBy(family => family.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = sameName.First();
            text.Append("# HELP ").Append(first.Name).Append(' ').Append(EscapeHelp(first.Help)).Append('\n');
            text.Append("# TYPE ").Append(first.Name).Append(' ').Append(Word(first.Kind)).Append('\n');
            foreach (var family in sameName)
                AppendSamples(text, family);
        }
        return text.ToString();
    }

    private static void AppendSamples(StringBuilder text, MetricFamily family)
    {
        foreach (var sample in family.Samples)
            AppendLine(text, family.Name, sample.Labels, bound: null, sample.Value);
        foreach (var histogram in family.Histograms)
            AppendHistogram(text, family, histogram);
    }

    // The buckets of the format are cumulative, ours are not.
    private static void AppendHistogram(StringBuilder text, MetricFamily family, HistogramSample histogram)
    {
        long total = 0;
        for (var index = 0; index < histogram.Counts.Length; index++)
        {
            total += histogram.Counts[index];
            var bound = index < family.Bounds.Length ? family.Bounds[index] : double.PositiveInfinity;
            AppendLine(text, family.Name + "_bucket", histogram.Labels, bound, total);
        }
        AppendLine(text, family.Name + "_sum", histogram.Labels, bound: null, histogram.Sum);
        AppendLine(text, family.Name + "_count", histogram.Labels, bound: null, total);
    }

    private static void AppendLine(StringBuilder text, string name, ImmutableArray<(string Name, string Value)> labels, double? bound, double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (label, labelValue) in labels.IsDefault ? [] : labels)
        {
            text.Append(separator).Append(label).Append("=\"").Append(EscapeLabel(labelValue)).Append('"');
            separator = ',';
        }
        if (bound is { } le)
        {
            text.Append(separator).Append("le=\"").Append(Number(le)).Append('"');
            separator = ',';
        }
        if (separator is ',')
            text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapeHelp(string help) =>
        help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string value) => EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Word(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        MetricKind.Histogram => "histogram",
    };
}
