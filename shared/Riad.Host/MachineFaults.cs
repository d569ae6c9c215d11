using System.Collections.Immutable;

namespace Riad.Host;

/// <summary>What is wrong with the settings of a machine, from its first process to its service: a sentence a line.</summary>
internal static class MachineFaults
{
    // A variable of the environment holds 128 KiB, and a character takes three octets at most.
    private const int MaxCharacters = 32 * 1024, MaxSentence = 2000;

    /// <summary>As one text; sentences that are too long are cut, and what there is no room for is left out.</summary>
    public static string Write(IEnumerable<string> sentences)
    {
        var text = string.Join('\n', sentences.Select(OneLine.Escape).Select(line => line.Length <= MaxSentence ? line : line[..MaxSentence] + "..."));
        return text.Length <= MaxCharacters ? text : text[..text.LastIndexOf('\n', MaxCharacters)];
    }

    /// <summary>The sentences of a text; none of null.</summary>
    public static ImmutableArray<string> Read(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
