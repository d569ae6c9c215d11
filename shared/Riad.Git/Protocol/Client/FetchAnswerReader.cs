using System.Diagnostics.CodeAnalysis;

namespace Riad.Git.Protocol.Client;

/// <summary>Reads the answer to a fetch line by line, and gives the octets of the pack.</summary>
/// <param name="isVersion2">Which version the request was.</param>
/// <remarks>
/// A mutable engine with one owner. Nothing is kept but the server's last words. Source: gitprotocol-v2(5), "fetch";
/// gitprotocol-pack(5), "Packfile Data".
/// </remarks>
public sealed class FetchAnswerReader(bool isVersion2)
{
    private enum State { Section, FirstAcknowledgement, Acknowledgements, Skipped, Pack, Ended }

    private State state = isVersion2 ? State.Section : State.FirstAcknowledgement;
    private ClientError? error;

    /// <summary>True when no further line is needed.</summary>
    public bool Ended => state is State.Ended || error is not null;

    /// <summary>Takes the next line. After the end it changes nothing.</summary>
    /// <param name="kind">What the line is.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="pack">Octets of the pack, a part of <paramref name="payload"/>; often empty.</param>
    public void Step(PktLineKind kind, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> pack)
    {
        pack = default;
        if (Ended)
            return;
        if (kind is PktLineKind.Text)
            error = IsBand(payload) ? Band(payload, out pack) : Text(PktLineReader.WithoutNewline(payload));
        else
            error = Mark(kind);
    }

    /// <summary>Says that there are no more lines.</summary>
    public bool TryFinish([NotNullWhen(false)] out ClientError? error)
    {
        error = this.error ?? (state is State.Ended ? null : new(ClientFault.Truncated));
        return error is null;
    }

    private ClientError? Mark(PktLineKind kind)
    {
        var next = (kind, state) switch
        {
            (PktLineKind.Flush, State.Pack) => State.Ended,
            (PktLineKind.Delimiter, State.Skipped) => State.Section,
            _ => state,
        };
        var isExpected = next != state;
        state = next;
        return isExpected ? null : new(ClientFault.UnexpectedMark);
    }

    private ClientError? Text(ReadOnlySpan<byte> line)
    {
        if (ServerWords.TryReadError(line, out var said))
            return said;
        return state switch
        {
            State.FirstAcknowledgement or State.Acknowledgements => Acknowledgement(line),
            State.Section => Section(line),
            State.Skipped => null,
            State.Pack or State.Ended => new(ClientFault.UnexpectedLine, ServerWords.Quote(line)),
        };
    }

    // How many there are depends on the server: one for each common commit, or one alone. The pack has a band in front.
    private bool IsBand(ReadOnlySpan<byte> payload)
    {
        if (state is State.Acknowledgements && payload is [< (byte)' ', ..])
            state = State.Pack;
        return state is State.Pack;
    }

    private ClientError? Acknowledgement(ReadOnlySpan<byte> line)
    {
        state = State.Acknowledgements;
        return line.StartsWith("ACK "u8) || line.SequenceEqual("NAK"u8) ? null : new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
    }

    private ClientError? Section(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("shallow-info"u8))
            return new(ClientFault.Shallow);
        if (line.SequenceEqual("packfile"u8))
            state = State.Pack;
        else if (line.SequenceEqual("acknowledgments"u8))
            state = State.Skipped;
        else
            return new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
        return null;
    }

    private static ClientError? Band(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> pack)
    {
        pack = default;
        switch (payload)
        {
            case [1, .. var octets]:
                pack = octets;
                return null;
            case [2, ..]:
                return null;
            case [3, .. var words]:
                return new(ClientFault.ServerSaid, ServerWords.OneLine(words));
            default:
                return new(ClientFault.UnexpectedLine, ServerWords.Quote(payload));
        }
    }
}
