using System.Diagnostics.CodeAnalysis;

namespace Riad.Git.Protocol;

/// <summary>Reads a version 0 or 1 upload request line by line.</summary>
/// <remarks>A mutable engine with one owner. Source: gitprotocol-pack(5), "Packfile Negotiation"; gitprotocol-http(5), "Smart Service git-upload-pack".</remarks>
public sealed class UploadRequestReader
{
    private enum State { FirstWant, Wants, AfterWants, Haves, Ended }

    private readonly UploadRequestDraft draft = new();
    private State state;
    private int lines;
    private ProtocolError? error;

    /// <summary>True when no further line is needed: the request is complete or faulty.</summary>
    public bool Ended => state is State.Ended || error is not null;

    /// <summary>Takes the next line. After the end it changes nothing.</summary>
    public void Step(PktLineKind kind, ReadOnlySpan<byte> payload)
    {
        if (Ended)
            return;
        lines++;
        if (kind is PktLineKind.Text)
            Text(PktLineReader.WithoutNewline(payload));
        else if (kind is PktLineKind.Flush)
            Flush();
        else
            error = new(ProtocolFault.UnexpectedMark, lines);
    }

    /// <summary>Says that there are no more lines.</summary>
    /// <param name="request">The request; one without wants when the client wants nothing.</param>
    /// <param name="error">The first fault.</param>
    public bool TryFinish([NotNullWhen(true)] out UploadRequest? request, [NotNullWhen(false)] out ProtocolError? error)
    {
        request = null;
        error = this.error ?? (state is State.Wants ? new(ProtocolFault.Truncated, 0) : null);
        if (error is not null)
            return false;
        draft.EndsAfterWants = state is State.AfterWants;
        if (!draft.TryFinish(out request, out var fault))
            error = new(fault, 0);
        return request is not null;
    }

    /// <summary>Reads a request that is there as a whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out UploadRequest? request, [NotNullWhen(false)] out ProtocolError? error)
    {
        var engine = new UploadRequestReader();
        var reader = new PktLineReader(octets);
        while (!engine.Ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
            engine.Step(kind, payload);
        if (reader.Error.Fault is PktLineFault.None)
            return engine.TryFinish(out request, out error);
        (request, error) = (null, new(ProtocolFault.Framing, 0, reader.Error.ToString()));
        return false;
    }

    private void Text(ReadOnlySpan<byte> line)
    {
        var fault = state switch
        {
            State.FirstWant => First(line),
            State.Wants => Want(line),
            State.AfterWants or State.Haves => Have(line),
            State.Ended => ProtocolFault.None,
        };
        if (fault is not ProtocolFault.None)
            error = new(fault, lines, ProtocolLine.Quote(line));
    }

    private void Flush()
    {
        state = state switch
        {
            State.FirstWant => State.Ended,
            State.Wants => State.AfterWants,
            // Without a connection that stays there is nothing to wait for: the answer to these haves ends the exchange.
            State.AfterWants or State.Haves => State.Ended,
            State.Ended => State.Ended,
        };
    }

    private ProtocolFault First(ReadOnlySpan<byte> line)
    {
        state = State.Wants;
        if (!ProtocolLine.TryStrip(line, "want"u8, out var argument))
            return Want(line);
        var space = argument.IndexOf((byte)' ');
        var capabilities = space < 0 ? CapabilityList.Empty : CapabilityList.Parse(argument[(space + 1)..]);
        if (capabilities.Value("object-format") is { } format && !string.Equals(format, "sha1", StringComparison.Ordinal))
            return ProtocolFault.ObjectFormat;
        if (capabilities.Contains("filter"))
            return ProtocolFault.Filter;
        draft.Apply(capabilities);
        return draft.Want(space < 0 ? argument : argument[..space]);
    }

    private ProtocolFault Want(ReadOnlySpan<byte> line)
    {
        if (ProtocolLine.TryStrip(line, "want"u8, out var argument))
            return draft.Want(argument);
        return line.StartsWith("have"u8) ? ProtocolFault.UnexpectedLine : draft.Apply(line);
    }

    private ProtocolFault Have(ReadOnlySpan<byte> line)
    {
        state = State.Haves;
        if (line.SequenceEqual("done"u8))
        {
            draft.Done = true;
            state = State.Ended;
            return ProtocolFault.None;
        }
        return line.StartsWith("have "u8) ? draft.Apply(line) : ProtocolFault.UnexpectedLine;
    }
}
