using System.Collections.Immutable;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Tests.Protocol.Client;

/// <summary>Feeds whole answers to the engines that read them line by line.</summary>
internal static class Answers
{
    public static (ServerGreeting? Greeting, ClientError? Error) Greeting(GitService service, ReadOnlySpan<byte> octets, ClientLimits? limits = null)
    {
        var engine = new ServerGreetingReader(service, limits ?? ClientLimits.Usual);
        var reader = new PktLineReader(octets);
        while (!engine.Ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
            engine.Step(kind, payload);
        return engine.TryFinish(out var greeting, out var error) ? (greeting, null) : (null, error);
    }

    public static (ImmutableArray<ListedRef> Refs, ClientError? Error) Refs(ReadOnlySpan<byte> octets, ClientLimits? limits = null)
    {
        var engine = new RefsAnswerReader(limits ?? ClientLimits.Usual);
        var reader = new PktLineReader(octets);
        while (!engine.Ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
            engine.Step(kind, payload);
        return engine.TryFinish(out var refs, out var error) ? (refs, null) : ([], error);
    }

    public static (byte[] Pack, ClientError? Error) Fetch(bool isVersion2, ReadOnlySpan<byte> octets)
    {
        var engine = new FetchAnswerReader(isVersion2);
        var reader = new PktLineReader(octets);
        var pack = new List<byte>();
        while (!engine.Ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
        {
            engine.Step(kind, payload, out var piece);
            pack.AddRange(piece);
        }
        return engine.TryFinish(out var error) ? ([.. pack], null) : ([.. pack], error);
    }

    public static (PushReport? Report, string Words, ClientError? Error) Push(bool hasSideBand, ReadOnlySpan<byte> octets)
    {
        var engine = new PushAnswerReader(hasSideBand, ClientLimits.Usual);
        var reader = new PktLineReader(octets);
        while (!engine.Ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
            engine.Step(kind, payload);
        return engine.TryFinish(out var report, out var error) ? (report, engine.Words, null) : (null, engine.Words, error);
    }

    public static ObjectId Id(string text) => ObjectId.TryParse(text, out var id) ? id : throw new FormatException(text);
}
