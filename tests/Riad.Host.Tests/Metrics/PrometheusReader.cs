using System.Globalization;
using System.Text.RegularExpressions;

namespace Riad.Host.Tests.Metrics;

/// <summary>A strict reader of the text format, written from its description and not from our writer.</summary>
internal static partial class PrometheusReader
{
    internal sealed record Sample(string Name, Dictionary<string, string> Labels, double Value);

    internal sealed record Family(string Help, string Type, List<Sample> Samples);

    public static Dictionary<string, Family> Read(string page)
    {
        if (!page.EndsWith('\n'))
            throw new FormatException("The last line has no end");
        var families = new Dictionary<string, Family>(StringComparer.Ordinal);
        var (name, help) = ("", "");
        foreach (var line in page[..^1].Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } helpLine)
            {
                (name, help) = (helpLine.Groups[1].Value, helpLine.Groups[2].Value);
                continue;
            }
            if (TypeLine().Match(line) is { Success: true } typeLine)
            {
                if (typeLine.Groups[1].Value != name)
                    throw new FormatException($"TYPE without its HELP: {line}");
                families.Add(name, new(help, typeLine.Groups[2].Value, []));
                continue;
            }
            var sample = ReadSample(line);
            var suffixes = families[name].Type is "histogram" ? (string[])["_bucket", "_sum", "_count"] : [""];
            if (!suffixes.Any(suffix => sample.Name == name + suffix))
                throw new FormatException($"{sample.Name} stands in family {name}");
            families[name].Samples.Add(sample);
        }
        return families;
    }

    private static Sample ReadSample(string line)
    {
        var match = SampleLine().Match(line);
        if (!match.Success)
            throw new FormatException($"Not a sample: {line}");
        var labels = match.Groups["label"].Captures.Zip(match.Groups["value"].Captures)
            .ToDictionary(pair => pair.First.Value, pair => Unescape(pair.Second.Value), StringComparer.Ordinal);
        var number = match.Groups["number"].Value;
        return new(match.Groups["name"].Value, labels, number is "+Inf" ? double.PositiveInfinity : double.Parse(number, CultureInfo.InvariantCulture));
    }

    private static string Unescape(string text) => EscapeSequence().Replace(text, match => match.Value is "\\n" ? "\n" : match.Value[1..]);

    [GeneratedRegex(@"^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\]|\\\\|\\n)*)$")]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\\n]|\\\\|\\"|\\n)*)",?)*\})? (?<number>[-+0-9.eE]+|\+Inf|NaN)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"\\.")]
    private static partial Regex EscapeSequence();
}
