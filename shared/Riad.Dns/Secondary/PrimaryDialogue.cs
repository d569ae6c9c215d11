using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Client;
using Riad.Dns.Names;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>One question to a primary over a stream, and its answer: signed, verified and read.</summary>
/// <remarks>A mutable engine with one owner, used once. Where a key was agreed on, nothing unsigned is believed.</remarks>
public sealed class PrimaryDialogue : IDisposable
{
    private readonly DomainName apex;
    private readonly RefreshStep step;
    private readonly Zone? present;
    private readonly TsigKey? key;
    private readonly ushort id;
    private readonly bool asksExpire;
    private readonly IncomingTransfer? transfer;
    private bool isAnswered;
    private TimeSpan? left;
    private TsigAnswerVerifier? verifier;

    /// <summary>Prepares a question.</summary>
    /// <param name="apex">The zone's name.</param>
    /// <param name="step">What is asked for.</param>
    /// <param name="present">The version that we have; never null for differences.</param>
    /// <param name="key">What signs; null for nothing.</param>
    /// <param name="id">Unpredictable.</param>
    /// <param name="limits">How much may come.</param>
    /// <param name="asksExpire">True to ask with EDNS for how long the zone still lives there, which very old servers do not understand.</param>
    public PrimaryDialogue(DomainName apex, RefreshStep step, Zone? present, TsigKey? key, ushort id, TransferLimits limits, bool asksExpire)
    {
        (this.apex, this.step, this.present, this.key, this.id, this.asksExpire) = (apex, step, present, key, id, asksExpire);
        transfer = step switch
        {
            RefreshStep.Check => null,
            RefreshStep.Incremental => IncomingTransfer.OfDifferences(present!, id, limits),
            RefreshStep.Whole => IncomingTransfer.OfWhole(apex, id, present, limits),
        };
    }

    /// <summary>The question: a whole message, without the length that precedes it in a stream. Asked once.</summary>
    /// <param name="unixSeconds">The present, in seconds since 1970-01-01T00:00:00Z.</param>
    public byte[] Ask(long unixSeconds)
    {
        var buffer = new byte[TransferQuery.MaxLength + (key?.SignatureLength ?? 0)];
        var length = TransferQuery.Write(buffer, id, apex, step, present, asksExpire);
        if (key is null)
            return buffer[..length];
        if (!TsigSigner.TrySignRequest(key, buffer, ref length, unixSeconds, out var mac))
            throw new UnreachableException();
        verifier = new(key, mac);
        return buffer[..length];
    }

    /// <summary>Takes the next message of the answer.</summary>
    /// <param name="message">Any octets.</param>
    /// <param name="unixSeconds">The present, in seconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>What came of it; null when more must come.</returns>
    public AttemptResult? Take(ReadOnlySpan<byte> message, long unixSeconds)
    {
        if (verifier?.Verify(message, unixSeconds) is { } verdict && Distrust(verdict) is { } reason)
            return Fail(new RefreshFailure.NotTrusted(reason));
        if (!isAnswered && asksExpire && ExpireOption.TryFind(message, out var told))
            left = told; // it stands in the first message, which is always signed
        isAnswered = true;
        if (transfer is null)
            return TakeSoa(message);
        return transfer.Take(message) switch
        {
            TransferProgress.More => null,
            TransferProgress.Refused => Fail(new RefreshFailure.Refused(transfer.Error)),
            TransferProgress.Finished when verifier is { IsComplete: false } => Fail(new RefreshFailure.NotTrusted("the last message is not signed")),
            TransferProgress.Finished => new AttemptResult.Transferred(transfer.Result, left),
        };
    }

    /// <summary>Frees the hash state.</summary>
    public void Dispose() => verifier?.Dispose();

    private AttemptResult TakeSoa(ReadOnlySpan<byte> message) => TransferAnswer.TryReadSoa(message, id, apex, out var soa, out var error)
        ? new AttemptResult.Answered(soa.Serial, left)
        : Fail(new RefreshFailure.Refused(error));

    private static AttemptResult.Failed Fail(RefreshFailure failure) => new(failure);

    /// <summary>Why a message is not to be believed; null when it is, or will be decided by a later one.</summary>
    private string? Distrust(TsigAnswerVerdict verdict) => verdict switch
    {
        TsigAnswerVerdict.Good or TsigAnswerVerdict.Pending => null,
        TsigAnswerVerdict.RefusedByServer(var error, _, _) => $"the primary refuses our signature with key {Name}: {error.Describe(key!.Algorithm.Name)}",
        TsigAnswerVerdict.Bad(var fault) => Sentence(fault),
        _ => throw new UnreachableException(),
    };

    private string Name => key!.Name.ToStringWithoutFinalDot();

    private string Sentence(TsigAnswerFault fault) => fault switch
    {
        TsigAnswerFault.Malformed => "an answer or its signature cannot be read",
        TsigAnswerFault.NotSigned => $"the answer is not signed with key {Name}",
        TsigAnswerFault.WrongKey => $"the answer is signed with another key than {Name}",
        TsigAnswerFault.BadSignature => $"the signature with key {Name} is wrong: the secrets differ",
        TsigAnswerFault.BadTime => "the primary's clock and ours differ too much",
        TsigAnswerFault.TooManyUnsigned => "too many messages in a row are not signed",
    };
}
