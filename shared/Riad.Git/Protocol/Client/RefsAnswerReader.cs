using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Git.Objects;

namespace Riad.Git.Protocol.Client;

/// <summary>Reads the answer to version 2's <c>ls-refs</c> line by line.</summary>
/// <param name="limits">How much the server may say.</param>
/// <remarks>A mutable engine with one owner. Source: gitprotocol-v2(5), "ls-refs".</remarks>
public sealed class RefsAnswerReader(ClientLimits limits)
{
    private readonly List<ListedRef> refs = [];
    private bool isFlushed;
    private ClientError? error;

    /// <summary>True when no further line is needed.</summary>
    public bool Ended => isFlushed || error is not null;

    /// <summary>Takes the next line. After the end it changes nothing.</summary>
    public void Step(PktLineKind kind, ReadOnlySpan<byte> payload)
    {
        if (Ended)
            return;
        if (kind is PktLineKind.Text)
            error = Text(PktLineReader.WithoutNewline(payload));
        else if (kind is PktLineKind.Flush)
            isFlushed = true;
        else
            error = new(ClientFault.UnexpectedMark);
    }

    /// <summary>Says that there are no more lines.</summary>
    /// <param name="refs">In the server's order, those whose names git allows.</param>
    /// <param name="error">The first fault.</param>
    public bool TryFinish(out ImmutableArray<ListedRef> refs, [NotNullWhen(false)] out ClientError? error)
    {
        error = this.error ?? (isFlushed ? null : new(ClientFault.Truncated));
        refs = error is null ? [.. this.refs] : [];
        return error is null;
    }

    private ClientError? Text(ReadOnlySpan<byte> line)
    {
        if (ServerWords.TryReadError(line, out var said))
            return said;
        if (line.StartsWith("unborn "u8))
            return null;
        if (line.IndexOf((byte)' ') == 64)
            return new(ClientFault.ObjectFormat, "sha256");
        if (!ProtocolLine.TryTakeId(line, out var id, out var rest) || rest.IsEmpty)
            return new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
        var parts = Encoding.UTF8.GetString(rest).Split(' ');
        if (!RefName.IsValid(parts[0]))
            return null;
        if (refs.Count == limits.Refs)
            return new(ClientFault.TooMuch, "refs");
        refs.Add(new(parts[0], id, FindPeeled(parts)));
        return null;
    }

    private static ObjectId FindPeeled(string[] parts)
    {
        const string word = "peeled:";
        var attribute = Array.Find(parts, static part => part.StartsWith(word, StringComparison.Ordinal));
        return attribute is not null && ObjectId.TryParse(attribute.AsSpan(word.Length), out var id) ? id : default;
    }
}
