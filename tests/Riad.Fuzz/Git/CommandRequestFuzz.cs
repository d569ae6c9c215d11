using Riad.Git.Protocol;

namespace Riad.Fuzz.Git;

/// <summary>A request of version 2 is understood or has a fault with a sentence.</summary>
internal sealed class CommandRequestFuzz : IFuzzTarget
{
    public string Name => "git-command-request";

    public IEnumerable<byte[]> Seeds => [ProtocolSeeds.ListRefs, ProtocolSeeds.Fetch, ProtocolSeeds.Sizes];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!CommandRequestReader.TryRead(octets, out _, out var error))
            _ = error.ToString();
    }
}
