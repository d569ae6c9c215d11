using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Reads a version 2 request line by line.</summary>
/// <remarks>A mutable engine with one owner. Source: gitprotocol-v2(5), "Command Request", "ls-refs", "fetch", "object-info".</remarks>
public sealed class CommandRequestReader
{
    // git does the same: with more prefixes than this a client wants about everything.
    private const int MaxPrefixes = 65536;

    private enum State { Command, Capabilities, Arguments, Ended }

    private enum Command { None, ListRefs, Fetch, ObjectInformation }

    private readonly UploadRequestDraft draft = new() { SideBandOctets = SideBandWriter.LargePayloadOctets };
    private readonly List<string> prefixes = [];
    private readonly List<ObjectId> objects = [];
    private Command command;
    private State state;
    private bool peel;
    private bool symrefs;
    private bool unborn;
    private bool size;
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
        switch (kind)
        {
            case PktLineKind.Text: Text(PktLineReader.WithoutNewline(payload)); break;
            case PktLineKind.Delimiter when state is State.Capabilities && command is not Command.None: state = State.Arguments; break;
            case PktLineKind.Flush: state = State.Ended; break;
            default: error = new(ProtocolFault.UnexpectedMark, lines); break;
        }
    }

    /// <summary>Says that there are no more lines.</summary>
    /// <param name="request">The request; null with success when the client sent only a flush, which ends a session.</param>
    /// <param name="error">The first fault.</param>
    public bool TryFinish(out CommandRequest? request, [NotNullWhen(false)] out ProtocolError? error)
    {
        request = null;
        error = this.error ?? (state is State.Ended ? null : new(ProtocolFault.Truncated, 0));
        if (error is not null)
            return false;
        switch (command)
        {
            case Command.None when lines > 1:
                error = new(ProtocolFault.Command, 0);
                return false;
            case Command.None:
                return true;
            case Command.ListRefs:
                request = new CommandRequest.ListRefs(peel, symrefs, unborn, prefixes.Count > MaxPrefixes ? [] : [.. prefixes]);
                return true;
            case Command.ObjectInformation:
                request = new CommandRequest.ObjectInformation(size, [.. objects]);
                return true;
            default:
                return TryFinishFetch(out request, out error);
        }
    }

    /// <summary>Reads a request that is there as a whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out CommandRequest? request, [NotNullWhen(false)] out ProtocolError? error)
    {
        var engine = new CommandRequestReader();
        var reader = new PktLineReader(octets);
        while (!engine.Ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
            engine.Step(kind, payload);
        if (reader.Error.Fault is PktLineFault.None)
            return engine.TryFinish(out request, out error);
        (request, error) = (null, new(ProtocolFault.Framing, 0, reader.Error.ToString()));
        return false;
    }

    private bool TryFinishFetch(out CommandRequest? request, [NotNullWhen(false)] out ProtocolError? error)
    {
        var finished = draft.TryFinish(out var upload, out var fault);
        request = finished ? new CommandRequest.Fetch(upload!) : null;
        error = finished ? null : new(fault, 0);
        return finished;
    }

    private void Text(ReadOnlySpan<byte> line)
    {
        var fault = state switch
        {
            State.Command => ReadCommand(line),
            State.Capabilities => ReadCapability(line),
            State.Arguments => ReadArgument(line),
            State.Ended => ProtocolFault.None,
        };
        if (fault is not ProtocolFault.None)
            error = new(fault, lines, ProtocolLine.Quote(line));
    }

    // git's own client puts the command first; the manual's grammar does too, but its server takes capabilities before it.
    private ProtocolFault ReadCommand(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("command="u8))
            return ReadCapability(line);
        state = State.Capabilities;
        command = line["command=".Length..] switch
        {
            var name when name.SequenceEqual("ls-refs"u8) => Command.ListRefs,
            var name when name.SequenceEqual("fetch"u8) => Command.Fetch,
            var name when name.SequenceEqual("object-info"u8) => Command.ObjectInformation,
            _ => Command.None,
        };
        return command is Command.None ? ProtocolFault.Command : ProtocolFault.None;
    }

    private static ProtocolFault ReadCapability(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("agent="u8) || line.StartsWith("server-option="u8) || line.StartsWith("session-id="u8))
            return ProtocolFault.None;
        if (line.StartsWith("object-format="u8))
            return line.SequenceEqual("object-format=sha1"u8) ? ProtocolFault.None : ProtocolFault.ObjectFormat;
        return ProtocolFault.Capability;
    }

    private ProtocolFault ReadArgument(ReadOnlySpan<byte> line) => command switch
    {
        Command.None => ProtocolFault.Command,
        Command.ListRefs => ReadListArgument(line),
        Command.Fetch => ReadFetchArgument(line),
        Command.ObjectInformation => ReadObjectArgument(line),
    };

    // git ignores an argument of ls-refs that it does not know, and so newer clients may count on that.
    private ProtocolFault ReadListArgument(ReadOnlySpan<byte> line)
    {
        peel |= line.SequenceEqual("peel"u8);
        symrefs |= line.SequenceEqual("symrefs"u8);
        unborn |= line.SequenceEqual("unborn"u8);
        if (!ProtocolLine.TryStrip(line, "ref-prefix"u8, out var prefix))
            return ProtocolFault.None;
        if (!ProtocolLine.TryDecode(prefix, out var text))
            return ProtocolFault.RefName;
        if (prefixes.Count <= MaxPrefixes)
            prefixes.Add(text);
        return ProtocolFault.None;
    }

    private ProtocolFault ReadFetchArgument(ReadOnlySpan<byte> line)
    {
        if (draft.TryFlag(line))
            return ProtocolFault.None;
        return ProtocolLine.TryStrip(line, "want"u8, out var id) ? draft.Want(id) : draft.Apply(line);
    }

    private ProtocolFault ReadObjectArgument(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("size"u8))
        {
            size = true;
            return ProtocolFault.None;
        }
        if (!ProtocolLine.TryStrip(line, "oid"u8, out var argument))
            return ProtocolFault.UnexpectedLine;
        if (!ObjectId.TryParse(argument, out var id))
            return ProtocolFault.ObjectId;
        objects.Add(id);
        return ProtocolFault.None;
    }
}
