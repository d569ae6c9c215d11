using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.Git.Protocol.Client;

/// <summary>What a server says for a person to read.</summary>
internal static class ServerWords
{
    private const int MaxErrorCharacters = 300;

    /// <summary>Reads a line <c>ERR ...</c>, which may stand in place of any answer.</summary>
    public static bool TryReadError(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ClientError? error)
    {
        error = line.StartsWith("ERR "u8) ? new(ClientFault.ServerSaid, OneLine(line[4..])) : null;
        return error is not null;
    }

    /// <summary>What to quote of a line, at most 80 characters of one line.</summary>
    public static string Quote(ReadOnlySpan<byte> line) => Flatten(ProtocolLine.Quote(line));

    /// <inheritdoc cref="Quote(ReadOnlySpan{byte})"/>
    public static string Quote(string text) => Quote(Encoding.UTF8.GetBytes(text));

    /// <summary>Words as one line of at most 300 characters that cannot harm a terminal.</summary>
    public static string OneLine(ReadOnlySpan<byte> words)
    {
        var text = Flatten(TerminalText.Clean(Encoding.UTF8.GetString(words[..Math.Min(words.Length, 4 * MaxErrorCharacters)]))).Trim();
        return text.Length <= MaxErrorCharacters ? text : text[..MaxErrorCharacters];
    }

    private static string Flatten(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
