using Riad.Dns.Io;

namespace Riad.DnsPrimaryGit.Serving.Requests;

/// <summary>An answer of one message.</summary>
internal sealed class OneMessage(ReadOnlyMemory<byte> message) : IMessageSequence
{
    private ReadOnlyMemory<byte> left = message;

    /// <inheritdoc/>
    public int WriteNext(Span<byte> output)
    {
        var length = left.Span.TryCopyTo(output) ? left.Length : 0;
        left = default;
        return length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
