using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Protocol.Client;

/// <summary>Reads what a server says first, line by line: over HTTP, ssh or a pipe, in version 0, 1 or 2.</summary>
/// <param name="service">What was asked for.</param>
/// <param name="limits">How much the server may say.</param>
/// <remarks>
/// A mutable engine with one owner. Source: gitprotocol-pack(5), "Reference Discovery"; gitprotocol-http(5), "Smart Server
/// Response"; gitprotocol-v2(5), "Capability Advertisement".
/// </remarks>
public sealed class ServerGreetingReader(GitService service, ClientLimits limits)
{
    private enum State { Start, AfterService, First, FirstRef, Refs, Capabilities, Ended }

    private const int Sha256HexLength = 64;
    private const string NoRefs = "capabilities^{}";

    private readonly List<ListedRef> refs = [];
    private CapabilityList capabilities = CapabilityList.Empty;
    private State state;
    private bool isVersion2;
    private ClientError? error;

    /// <summary>True when no further line is needed.</summary>
    public bool Ended => state is State.Ended || error is not null;

    /// <summary>Takes the next line. After the end it changes nothing.</summary>
    public void Step(PktLineKind kind, ReadOnlySpan<byte> payload)
    {
        if (Ended)
            return;
        if (kind is PktLineKind.Text)
            Text(PktLineReader.WithoutNewline(payload));
        else if (kind is PktLineKind.Flush)
            state = state is State.AfterService ? State.First : State.Ended;
        else
            error = new(ClientFault.UnexpectedMark);
    }

    /// <summary>Says that there are no more lines.</summary>
    public bool TryFinish([NotNullWhen(true)] out ServerGreeting? greeting, [NotNullWhen(false)] out ClientError? error)
    {
        greeting = null;
        error = this.error ?? (state is State.Ended ? FindObstacle() : new(ClientFault.Truncated));
        if (error is not null)
            return false;
        greeting = isVersion2 ? new ServerGreeting.Commands(capabilities) : new ServerGreeting.Refs([.. refs], capabilities);
        return true;
    }

    private ClientError? FindObstacle()
    {
        if (capabilities.Value("object-format") is { } format && !string.Equals(format, "sha1", StringComparison.Ordinal))
            return new(ClientFault.ObjectFormat, ServerWords.Quote(format));
        if (!isVersion2)
            return null;
        return !capabilities.Contains("ls-refs") || !capabilities.Contains("fetch") ? new(ClientFault.Capability, "ls-refs and fetch") : null;
    }

    private void Text(ReadOnlySpan<byte> line)
    {
        if (ServerWords.TryReadError(line, out var said))
        {
            error = said;
            return;
        }
        error = state switch
        {
            State.Start => Start(line),
            State.First => First(line),
            State.FirstRef or State.Refs => Ref(line),
            State.Capabilities => Capability(line),
            State.AfterService or State.Ended => new(ClientFault.UnexpectedLine, ServerWords.Quote(line)),
        };
    }

    // Over HTTP a line with the service's name comes first; version 2 may leave it out.
    private ClientError? Start(ReadOnlySpan<byte> line)
    {
        state = State.First;
        if (!line.StartsWith("# service="u8))
            return First(line);
        state = State.AfterService;
        return GitServices.TryParse(System.Text.Encoding.ASCII.GetString(line["# service="u8.Length..]), out var named) && named == service
            ? null
            : new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
    }

    private ClientError? First(ReadOnlySpan<byte> line)
    {
        state = State.FirstRef;
        if (line.SequenceEqual("version 1"u8))
            return null;
        if (line.SequenceEqual("version 2"u8))
        {
            // A push has no version 2 so far: a server that answers with it cannot be understood.
            (state, isVersion2) = (State.Capabilities, true);
            return service is GitService.UploadPack ? null : new(ClientFault.Version, "version 2");
        }
        return line.StartsWith("version "u8) ? new(ClientFault.Version, ServerWords.Quote(line)) : Ref(line);
    }

    private ClientError? Ref(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("shallow "u8))
            return new(ClientFault.Shallow);
        var zero = line.IndexOf((byte)0);
        if (state is State.FirstRef && zero >= 0)
        {
            capabilities = CapabilityList.Parse(line[(zero + 1)..]);
            line = line[..zero];
        }
        state = State.Refs;
        if (line.IndexOf((byte)' ') == Sha256HexLength)
            return new(ClientFault.ObjectFormat, "sha256");
        if (!ProtocolLine.TryTakeId(line, out var id, out var octets) || !ProtocolLine.TryDecode(octets, out var name))
            return new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
        return name is NoRefs ? null : Add(name, id);
    }

    private ClientError? Add(string name, ObjectId id)
    {
        const string peeled = "^{}";
        if (name.EndsWith(peeled, StringComparison.Ordinal))
        {
            if (refs.Count > 0 && string.Equals(refs[^1].Name, name[..^peeled.Length], StringComparison.Ordinal))
                refs[^1] = refs[^1] with { Peeled = id };
            return null;
        }
        // What no ref can be named is of no use, and no reason to give up.
        if (name is not ("HEAD" or ".have") && !RefName.IsValid(name))
            return null;
        if (refs.Count == limits.Refs)
            return new(ClientFault.TooMuch, "refs");
        refs.Add(new(name, id, default));
        return null;
    }

    private ClientError? Capability(ReadOnlySpan<byte> line)
    {
        const int most = 100;
        if (!ProtocolLine.TryDecode(line, out var entry))
            return new(ClientFault.UnexpectedLine, ServerWords.Quote(line));
        capabilities = capabilities.With(entry);
        return capabilities.Count > most ? new(ClientFault.TooMuch, "capabilities") : null;
    }
}
