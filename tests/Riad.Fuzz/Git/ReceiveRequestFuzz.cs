using Riad.Git.Protocol;

namespace Riad.Fuzz.Git;

/// <summary>The front of a push is understood or has a fault with a sentence, and its report can be written.</summary>
internal sealed class ReceiveRequestFuzz : IFuzzTarget
{
    public string Name => "git-receive-request";

    public IEnumerable<byte[]> Seeds => [ProtocolSeeds.Push, ProtocolSeeds.Deletion];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!ReceiveRequestReader.TryRead(octets, out var request, out var packOffset, out var error))
        {
            _ = error.ToString();
            return;
        }
        if (packOffset > octets.Length)
            throw new InvalidOperationException("the pack starts after the end");
        PushReport.Refused("no\nreason", request.Commands).Write(new(new System.Buffers.ArrayBufferWriter<byte>()));
    }
}
