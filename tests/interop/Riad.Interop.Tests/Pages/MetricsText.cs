using System.Globalization;
using System.Text.RegularExpressions;

namespace Riad.Interop.Tests.Pages;

/// <summary>A page of metrics, read strictly: what is not in Prometheus' text format is a fault.</summary>
internal sealed partial class MetricsText
{
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);

    public MetricsText(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            Read(line);
    }

    /// <summary>The names of all families.</summary>
    public IEnumerable<string> Families => types.Keys;

    /// <summary>The number of one series, written as on the page: <c>name{label="value"}</c>.</summary>
    public double this[string series] => samples.TryGetValue(series, out var value) ? value : throw new KeyNotFoundException($"{series} is not among\n{string.Join('\n', samples.Keys)}");

    public bool Has(string series) => samples.ContainsKey(series);

    /// <summary>The sum of a family over all its labels.</summary>
    public double Sum(string family) => samples.Where(sample => sample.Key == family || sample.Key.StartsWith(family + "{", StringComparison.Ordinal)).Sum(sample => sample.Value);

    /// <summary>The buckets of a histogram without further labels, in the order of the page.</summary>
    public IReadOnlyList<double> Buckets(string family) =>
        [.. samples.Where(sample => sample.Key.StartsWith(family + "_bucket{", StringComparison.Ordinal)).Select(sample => sample.Value)];

    private void Read(string line)
    {
        if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
        {
            types.Add(line.Split(' ')[2], line.Split(' ')[3]);
            return;
        }
        if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            return;
        var match = SampleLine().Match(line);
        if (!match.Success || !types.ContainsKey(Histogram().Replace(match.Groups["name"].Value, "")) && !types.ContainsKey(match.Groups["name"].Value))
            throw new FormatException(line);
        samples.Add(match.Groups["name"].Value + match.Groups["labels"].Value, Number(match.Groups["value"].Value));
    }

    private static double Number(string text) => text is "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-z_]+="(?:[^"\\]|\\[\\"n])*"(?:,[a-z_]+="(?:[^"\\]|\\[\\"n])*")*\})? (?<value>\+Inf|[-+.0-9Ee]+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SampleLine();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Histogram();
}
