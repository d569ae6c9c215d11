using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.Git.Protocol.Client;

/// <summary>Reads a report of a push line by line.</summary>
/// <remarks>A mutable engine with one owner. Source: gitprotocol-pack(5), "Report Status".</remarks>
internal sealed class PushReportReader
{
    private const int MaxRefs = 1000;

    private readonly List<RefOutcome> refs = [];
    private string? unpack;
    private bool isFlushed;
    private ClientError? error;

    /// <summary>True when no further line is needed.</summary>
    public bool Ended => isFlushed || error is not null;

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

    public bool TryFinish([NotNullWhen(true)] out PushReport? report, [NotNullWhen(false)] out ClientError? error)
    {
        error = this.error ?? (isFlushed && unpack is not null ? null : new(ClientFault.Truncated));
        report = error is null ? PushReport.Heard(unpack is "ok" ? null : unpack, refs) : null;
        return error is null;
    }

    private ClientError? Text(ReadOnlySpan<byte> line)
    {
        if (ServerWords.TryReadError(line, out var said))
            return said;
        if (unpack is null)
        {
            if (!ProtocolLine.TryStrip(line, "unpack"u8, out var result))
                return new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
            unpack = ServerWords.OneLine(result);
            return null;
        }
        if (refs.Count == MaxRefs)
            return new(ClientFault.TooMuch, "refs");
        if (ProtocolLine.TryStrip(line, "ok"u8, out var name))
            refs.Add(RefOutcome.Accepted(Encoding.UTF8.GetString(name)));
        else if (ProtocolLine.TryStrip(line, "ng"u8, out var refused))
            refs.Add(Refused(refused));
        else if (!line.StartsWith("option "u8))
            return new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
        return null;
    }

    private static RefOutcome Refused(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        return space < 0
            ? new(Encoding.UTF8.GetString(line), "refused without a reason")
            : new(Encoding.UTF8.GetString(line[..space]), ServerWords.OneLine(line[(space + 1)..]));
    }
}
