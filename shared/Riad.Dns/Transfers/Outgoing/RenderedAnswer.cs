namespace Riad.Dns.Transfers.Outgoing;

/// <summary>One message that was written already.</summary>
internal sealed class RenderedAnswer(TransferEnvelope envelope, TransferKind kind, byte[] octets) : OutgoingTransfer(envelope, kind)
{
    private bool isOver;

    internal override bool HasMore => !isOver;

    /// <inheritdoc/>
    public override int WriteNext(Span<byte> message)
    {
        if (isOver)
            return 0;
        isOver = true;
        octets.CopyTo(message);
        return octets.Length;
    }

    private protected override (int Position, int Answers) WriteRecords(Span<byte> message, int position, int end) => (position, 0);
}
