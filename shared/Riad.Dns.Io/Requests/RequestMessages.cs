using Riad.Dns.Transfers.Outgoing;
using Riad.Dns.Tsig;

namespace Riad.Dns.Io;

/// <summary>The messages of an answer, each signed when the request was.</summary>
internal abstract class RequestMessages : IMessageSequence
{
    private readonly TsigAnswerSigner? signer;
    private readonly TimeProvider time;

    private RequestMessages(TsigAnswerSigner? signer, TimeProvider time) => (this.signer, this.time) = (signer, time);

    /// <summary>The one message of an answer.</summary>
    internal static RequestMessages One(ReadOnlySpan<byte> message, TsigAnswerSigner? signer, TimeProvider time) => new Single(message.ToArray(), signer, time);

    /// <summary>The messages of a transfer.</summary>
    internal static RequestMessages Many(OutgoingTransfer transfer, TsigAnswerSigner? signer, TimeProvider time) => new Transfer(transfer, signer, time);

    public int WriteNext(Span<byte> message)
    {
        var length = Write(message[..^(signer?.Key.SignatureLength ?? 0)]);
        if (length > 0 && signer?.TrySign(message, ref length, time.GetUtcNow().ToUnixTimeSeconds()) is false)
            throw new InvalidOperationException("an answer has no room for its signature");
        return length;
    }

    public void Dispose()
    {
    }

    private protected abstract int Write(Span<byte> message);

    private sealed class Single(byte[] octets, TsigAnswerSigner? signer, TimeProvider time) : RequestMessages(signer, time)
    {
        private bool isOver;

        private protected override int Write(Span<byte> message)
        {
            if (isOver)
                return 0;
            isOver = true;
            var length = octets.Length <= message.Length ? octets.Length : Truncation.CutToQuestion(octets);
            octets.AsSpan(0, length).CopyTo(message);
            return length;
        }
    }

    private sealed class Transfer(OutgoingTransfer transfer, TsigAnswerSigner? signer, TimeProvider time) : RequestMessages(signer, time)
    {
        private protected override int Write(Span<byte> message) => transfer.WriteNext(message);
    }
}
