using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;

namespace Riad.Fuzz.Git;

/// <summary>Whatever a server answers is understood or has a fault with a sentence, by every engine that reads answers.</summary>
internal sealed class ServerAnswerFuzz : IFuzzTarget
{
    public string Name => "git-server-answer";

    public IEnumerable<byte[]> Seeds => [ProtocolSeeds.OldGreeting, ProtocolSeeds.NewGreeting, ProtocolSeeds.RefsAnswer, ProtocolSeeds.OldPack, ProtocolSeeds.NewPack, ProtocolSeeds.Report];

    public void Run(ReadOnlySpan<byte> octets)
    {
        foreach (var isFetch in (ReadOnlySpan<bool>)[true, false])
        {
            var greeting = new ServerGreetingReader(isFetch ? GitService.UploadPack : GitService.ReceivePack, ClientLimits.Usual);
            var refs = new RefsAnswerReader(ClientLimits.Usual);
            var fetch = new FetchAnswerReader(isFetch);
            var push = new PushAnswerReader(isFetch, ClientLimits.Usual);
            var reader = new PktLineReader(octets);
            while (reader.Read(out var payload) is var kind and not PktLineKind.None)
            {
                greeting.Step(kind, payload);
                refs.Step(kind, payload);
                fetch.Step(kind, payload, out var pack);
                if (pack.Length > payload.Length)
                    throw new InvalidOperationException("more pack than payload");
                push.Step(kind, payload);
            }
            Say(greeting.TryFinish(out _, out var error) ? null : error);
            Say(refs.TryFinish(out _, out error) ? null : error);
            Say(fetch.TryFinish(out error) ? null : error);
            Say(push.TryFinish(out _, out error) ? null : error);
            _ = push.Words;
        }
    }

    private static void Say(ClientError? error)
    {
        if (error is not null && error.ToString().AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
            throw new InvalidOperationException("a sentence with control characters");
    }
}
