using System.Text.RegularExpressions;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The options that a program has, by what it says itself.</summary>
internal static partial class KnownOptions
{
    private static readonly Dictionary<string, HashSet<string>> Asked = new(StringComparer.Ordinal);

    /// <summary>The options of <c>serve</c>, with their hyphens.</summary>
    /// <param name="program">Such as <c>dns-secondary</c>.</param>
    public static HashSet<string> Of(string program)
    {
        lock (Asked)
        {
            if (!Asked.TryGetValue(program, out var known))
            {
                var help = Tool.Run(Checkout.PathOf("appliances", program, "bin", "Release", "net10.0", program), ["serve", "--help"], ".").MustSucceed().Output;
                Asked[program] = known = [.. Option().Matches(help).Select(match => match.Groups["name"].Value)];
            }
            return known;
        }
    }

    /// <summary>The option that a variable of the environment stands for.</summary>
    public static string OfVariable(string name) => "--" + name["RIAD_".Length..].ToLowerInvariant().Replace('_', '-');

    /// <summary>The options in a command line: every word that begins with two hyphens.</summary>
    public static IEnumerable<string> In(IEnumerable<string> words) => words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.Split('=')[0]);

    [GeneratedRegex("^  (?<name>--[a-z0-9-]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
