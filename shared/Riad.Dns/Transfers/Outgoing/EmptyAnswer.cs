namespace Riad.Dns.Transfers.Outgoing;

/// <summary>One message without records: a response code, or TC.</summary>
internal sealed class EmptyAnswer(TransferEnvelope envelope) : OutgoingTransfer(envelope, TransferKind.Refused)
{
    private bool isOver;

    internal override bool HasMore => !isOver;

    private protected override (int Position, int Answers) WriteRecords(Span<byte> message, int position, int end)
    {
        isOver = true;
        return (position, 0);
    }
}
