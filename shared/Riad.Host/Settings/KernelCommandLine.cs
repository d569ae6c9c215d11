using System.Collections.Immutable;
using System.Text;

namespace Riad.Host.Settings;

/// <summary>The settings on the kernel's command line: <c>riad.listen=192.0.2.1:53</c>.</summary>
/// <remarks>
/// The kernel keeps every word with a dot in its name for modules and hands none of them to the first process, so they
/// are read from <c>/proc/cmdline</c>. A value in double quotes may hold spaces, as the kernel's own parameters do.
/// </remarks>
internal static class KernelCommandLine
{
    private const string Prefix = "riad.";

    /// <summary>Reads the line; words that do not begin with <c>riad.</c> belong to others and are passed over.</summary>
    /// <param name="line">The whole line.</param>
    /// <returns>Names with their prefix, and what stood after '=' (empty when there was none), in the order of the line.</returns>
    public static ImmutableArray<KeyValuePair<string, string>> Read(string line)
    {
        var settings = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var word in Words(line))
        {
            if (!word.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            var equals = word.IndexOf('=');
            settings.Add(equals < 0 ? new(word, "") : new(word[..equals], word[(equals + 1)..]));
        }
        return settings.ToImmutable();
    }

    private static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var character in line)
        {
            if (character is '"')
            {
                isQuoted = !isQuoted;
                continue;
            }
            if (!isQuoted && char.IsWhiteSpace(character))
            {
                if (word.Length > 0)
                    yield return word.ToString();
                word.Clear();
                continue;
            }
            word.Append(character);
        }
        if (word.Length > 0)
            yield return word.ToString();
    }
}
