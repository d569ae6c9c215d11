using Riad.Dns.Messages;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>The messages of an answer to a request for a zone. A mutable engine; each message is a bounded piece of work.</summary>
public abstract class OutgoingTransfer
{
    private readonly TransferEnvelope envelope;

    private protected OutgoingTransfer(TransferEnvelope envelope, TransferKind kind) => (this.envelope, Kind) = (envelope, kind);

    /// <summary>What the answer is.</summary>
    public TransferKind Kind { get; }

    /// <summary>How the request went.</summary>
    public ResponseCode Code => envelope.Code;

    /// <summary>Writes the next message, without a signature.</summary>
    /// <param name="message">As long as the transport allows, less the room for a signature.</param>
    /// <returns>Octets of the message; 0 after the last.</returns>
    public virtual int WriteNext(Span<byte> message)
    {
        var length = TryWriteNext(message);
        if (length == 0 && HasMore)
            throw new InvalidOperationException("a record of the zone is too long for any message");
        return length;
    }

    /// <summary>Writes the next message; 0 after the last, or when there is no room for even one record.</summary>
    internal int TryWriteNext(Span<byte> message)
    {
        if (!HasMore)
            return 0;
        var end = envelope.RoomIn(message);
        var position = envelope.WritePrefix(message);
        if (position > end)
            return 0;
        (position, var answers) = WriteRecords(message, position, end);
        return answers == 0 && HasMore ? 0 : envelope.Finish(message, position, answers);
    }

    /// <summary>True until the last message is written.</summary>
    internal abstract bool HasMore { get; }

    /// <summary>Writes records behind the question.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Where the question ends.</param>
    /// <param name="end">How far records may reach.</param>
    /// <returns>Where the records end, and how many there are.</returns>
    private protected abstract (int Position, int Answers) WriteRecords(Span<byte> message, int position, int end);
}
