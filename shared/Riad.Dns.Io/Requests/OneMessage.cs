namespace Riad.Dns.Io;

/// <summary>An answer of one message, which is known already.</summary>
public sealed class OneMessage(ReadOnlyMemory<byte> octets) : IMessageSequence
{
    private ReadOnlyMemory<byte> rest = octets;

    /// <inheritdoc/>
    public int WriteNext(Span<byte> message)
    {
        var length = rest.Length;
        rest.Span.CopyTo(message);
        rest = default;
        return length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
