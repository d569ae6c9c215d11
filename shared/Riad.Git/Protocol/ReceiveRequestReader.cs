using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Reads the front of a push line by line. What follows the line that ends it is the pack.</summary>
/// <remarks>A mutable engine with one owner. Source: gitprotocol-pack(5), "Reference Update Request and Packfile Transfer".</remarks>
public sealed class ReceiveRequestReader
{
    private enum State { FirstCommand, Commands, Options, Ended }

    private readonly List<RefCommand> commands = [];
    private readonly List<ObjectId> shallow = [];
    private readonly List<string> options = [];
    private CapabilityList capabilities = CapabilityList.Empty;
    private State state;
    private int lines;
    private ProtocolError? error;

    /// <summary>True when no further line is needed: the front is complete or faulty.</summary>
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
            state = state is State.Commands && capabilities.Contains("push-options") ? State.Options : State.Ended;
        else
            error = new(ProtocolFault.UnexpectedMark, lines);
    }

    /// <summary>Says that the front is over.</summary>
    public bool TryFinish([NotNullWhen(true)] out ReceiveRequest? request, [NotNullWhen(false)] out ProtocolError? error)
    {
        request = null;
        // A body without a single line tries whether a push is allowed, as a lone flush does.
        error = this.error ?? (state is State.Ended || lines == 0 ? null : new(ProtocolFault.Truncated, 0));
        if (error is not null)
            return false;
        request = new() { Commands = [.. commands], Shallow = [.. shallow], Options = [.. options], Capabilities = capabilities };
        return true;
    }

    /// <summary>Reads a front that is there as a whole.</summary>
    /// <param name="octets">The front, and any part of the pack.</param>
    /// <param name="request">The front.</param>
    /// <param name="packOffset">Where the pack starts.</param>
    /// <param name="error">The first fault.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out ReceiveRequest? request, out int packOffset, [NotNullWhen(false)] out ProtocolError? error)
    {
        var engine = new ReceiveRequestReader();
        var reader = new PktLineReader(octets);
        while (!engine.Ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
            engine.Step(kind, payload);
        packOffset = reader.Position;
        if (reader.Error.Fault is PktLineFault.None)
            return engine.TryFinish(out request, out error);
        (request, error) = (null, new(ProtocolFault.Framing, 0, reader.Error.ToString()));
        return false;
    }

    private void Text(ReadOnlySpan<byte> line)
    {
        var fault = state switch
        {
            State.FirstCommand or State.Commands => Command(line),
            State.Options => Option(line),
            State.Ended => ProtocolFault.None,
        };
        if (fault is not ProtocolFault.None)
            error = new(fault, lines, ProtocolLine.Quote(line));
    }

    private ProtocolFault Command(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("push-cert"u8))
            return ProtocolFault.PushCertificate;
        if (ProtocolLine.TryStrip(line, "shallow"u8, out var boundary))
            return Shallow(boundary);
        var fault = TakeCapabilities(ref line);
        if (fault is not ProtocolFault.None)
            return fault;
        if (!ProtocolLine.TryTakeId(line, out var old, out var rest) || !ProtocolLine.TryTakeId(rest, out var next, out var name))
            return ProtocolFault.ObjectId;
        if (name.IsEmpty || !ProtocolLine.TryDecode(name, out var text))
            return ProtocolFault.RefName;
        commands.Add(new(old, next, text));
        return ProtocolFault.None;
    }

    // Only the first command carries capabilities; git looks at every line, but sends them on the first.
    private ProtocolFault TakeCapabilities(ref ReadOnlySpan<byte> line)
    {
        var zero = line.IndexOf((byte)0);
        if (state is not State.FirstCommand)
            return zero < 0 ? ProtocolFault.None : ProtocolFault.UnexpectedLine;
        state = State.Commands;
        if (zero < 0)
            return ProtocolFault.None;
        capabilities = CapabilityList.Parse(line[(zero + 1)..]);
        line = line[..zero];
        return capabilities.Value("object-format") is { } format && !string.Equals(format, "sha1", StringComparison.Ordinal)
            ? ProtocolFault.ObjectFormat
            : ProtocolFault.None;
    }

    private ProtocolFault Shallow(ReadOnlySpan<byte> boundary)
    {
        // A shallow pusher's first lines come before the first command, and so before the capabilities.
        if (!ObjectId.TryParse(boundary, out var id))
            return ProtocolFault.ObjectId;
        shallow.Add(id);
        return ProtocolFault.None;
    }

    private ProtocolFault Option(ReadOnlySpan<byte> line)
    {
        if (!ProtocolLine.TryDecode(line, out var option))
            return ProtocolFault.UnexpectedLine;
        options.Add(option);
        return ProtocolFault.None;
    }
}
