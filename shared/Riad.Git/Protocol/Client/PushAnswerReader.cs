using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.Git.Protocol.Client;

/// <summary>Reads what a server says of a push, line by line: what became of each ref, and words for the person.</summary>
/// <param name="hasSideBand">The report comes inside pieces of the side band.</param>
/// <param name="limits">How much the server may say.</param>
/// <remarks>A mutable engine with one owner. Source: gitprotocol-pack(5), "Report Status".</remarks>
public sealed class PushAnswerReader(bool hasSideBand, ClientLimits limits)
{
    private const int MaxReportOctets = 1 << 20;

    private readonly PushReportReader report = new();
    private readonly StringBuilder words = new();
    private byte[] pending = [];
    private bool isFlushed;
    private ClientError? error;

    /// <summary>True when no further line is needed.</summary>
    public bool Ended => isFlushed || error is not null || (!hasSideBand && report.Ended);

    /// <summary>What the server's hooks said, without control characters: the last of it.</summary>
    public string Words => TerminalText.Clean(words.ToString().Replace('\r', '\n'));

    /// <summary>Takes the next line. After the end it changes nothing.</summary>
    public void Step(PktLineKind kind, ReadOnlySpan<byte> payload)
    {
        if (Ended)
            return;
        if (!hasSideBand)
            report.Step(kind, payload);
        else if (kind is PktLineKind.Text)
            error = Band(payload);
        else if (kind is PktLineKind.Flush)
            isFlushed = true;
        else
            error = new(ClientFault.UnexpectedMark);
    }

    /// <summary>Says that there are no more lines.</summary>
    /// <param name="found">What became of the push; null when it is not known.</param>
    /// <param name="error">The first fault.</param>
    public bool TryFinish([NotNullWhen(true)] out PushReport? found, [NotNullWhen(false)] out ClientError? error)
    {
        found = null;
        error = this.error;
        // A report that is whole counts, even when the connection ended before the last flush.
        return error is null && report.TryFinish(out found, out error);
    }

    private ClientError? Band(ReadOnlySpan<byte> payload)
    {
        switch (payload)
        {
            case [1, .. var octets]:
                return Report(octets);
            case [2, .. var said]:
                Keep(said);
                return null;
            case [3, .. var last]:
                return new(ClientFault.ServerSaid, ServerWords.OneLine(last));
            default:
                return ServerWords.TryReadError(payload, out var refused) ? refused : new(ClientFault.UnexpectedLine, ServerWords.Quote(payload));
        }
    }

    // The lines of the report may be cut anywhere.
    private ClientError? Report(ReadOnlySpan<byte> octets)
    {
        pending = [.. pending, .. octets];
        var reader = new PktLineReader(pending);
        while (!report.Ended && reader.Read(out var line) is var kind and not PktLineKind.None)
            report.Step(kind, line);
        pending = pending[reader.Position..];
        if (reader.Error.Fault is PktLineFault.Length)
            return new(ClientFault.Framing, reader.Error.ToString());
        return pending.Length > MaxReportOctets ? new(ClientFault.TooMuch, "octets in its report") : null;
    }

    private void Keep(ReadOnlySpan<byte> said)
    {
        words.Append(Encoding.UTF8.GetString(said));
        if (words.Length > limits.Words)
            words.Remove(0, words.Length - limits.Words);
    }
}
