using Riad.Git.Protocol;

namespace Riad.Fuzz.Git;

/// <summary>A request of version 0 is understood or has a fault with a sentence.</summary>
internal sealed class UploadRequestFuzz : IFuzzTarget
{
    public string Name => "git-upload-request";

    public IEnumerable<byte[]> Seeds => [ProtocolSeeds.Clone, ProtocolSeeds.ShallowFetch, ProtocolSeeds.DatedFetch];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!UploadRequestReader.TryRead(octets, out var request, out var error))
            _ = error.ToString();
        else if (request.Wants.Distinct().Count() != request.Wants.Length)
            throw new InvalidOperationException("a want twice");
    }
}
