using System.Diagnostics;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Outgoing;
using Riad.Dns.Tsig;

namespace Riad.Dns.Io;

/// <summary>Verifies the signature of each request, gives it to what answers its kind, and signs the answer.</summary>
/// <remarks>
/// Source: RFC 8945 §5.2 and §5.3. A request that is signed wrongly is answered by its TSIG error and goes no further. A signed query
/// is answered as any query is.
/// </remarks>
public sealed class RequestServer(RequestServerOptions options, TimeProvider time) : IRequestHandler
{
    private const int MaxMessageOctets = 65_535;
    private const int MaxRefusalOctets = 1_100;

    private readonly Lock gate = new();
    private readonly Stack<AnswerState> states = new();
    private readonly long[] transfers = new long[Enum.GetValues<TransferKind>().Length];
    private long refusals;

    /// <summary>How many requests for zones were answered so.</summary>
    public long CountTransfers(TransferKind kind) => Volatile.Read(ref transfers[(int)kind]);

    /// <summary>Requests that were refused because of their signature.</summary>
    public long BadSignatures => Volatile.Read(ref refusals);

    /// <inheritdoc/>
    public async ValueTask<IMessageSequence?> HandleAsync(DnsRequest request, CancellationToken stop)
    {
        switch (TsigVerifier.Verify(request.Octets.Span, options.Keys(), time.GetUtcNow().ToUnixTimeSeconds()))
        {
            case TsigVerdict.Refused refused:
                Interlocked.Increment(ref refusals);
                return Refuse(request, refused);
            case TsigVerdict.NotSigned:
                return await AnswerAsync(new(request, new(request.Octets.Span), Signature: null), signer: null, stop);
            case TsigVerdict.Good good:
                return await AnswerAsync(new(request, good.Message, good), new(good), stop);
            default:
                throw new UnreachableException();
        }
    }

    private RequestMessages? Refuse(DnsRequest request, TsigVerdict.Refused refused)
    {
        Span<byte> answer = stackalloc byte[MaxRefusalOctets];
        var length = TsigRefusalWriter.Write(request.Octets.Span, refused, answer, time.GetUtcNow().ToUnixTimeSeconds());
        return length == 0 ? null : RequestMessages.One(answer[..length], signer: null, time);
    }

    private async ValueTask<IMessageSequence?> AnswerAsync(VerifiedRequest request, TsigAnswerSigner? signer, CancellationToken stop)
    {
        var answer = (Opcode)(request.Message.Span[2] >> 3 & 15) switch
        {
            Opcode.Notify => options.Notify,
            Opcode.Update => options.Update,
            _ => null,
        };
        if (answer is not null)
            return await answer(request, stop) is { Length: > 0 } message ? RequestMessages.One(message.Span, signer, time) : null;
        if (TransferQuestion.TryRead(request.Message.Span, out var question))
            return RequestMessages.Many(Transfer(request, question), signer, time);
        return AnswerQuery(request, signer);
    }

    private OutgoingTransfer Transfer(VerifiedRequest request, TransferQuestion question)
    {
        var (client, transport) = (request.Request.Client.Address, request.Request.Transport);
        var authority = options.Authority();
        var isPeer = options.MayTransfer(request.Key, client, question.Zone);
        var isAllowed = isPeer && (request.Request.HasTls13 || !options.TransfersNeedTls);
        // To others a zone for peers is one that we do not have: a refusal of its own would tell that it is there.
        var served = authority.Zones.Find(question.Zone) ?? (isPeer ? authority.ForPeers?.Zones.Find(question.Zone) : null);
        var transfer = ZoneTransfers.Answer(question, served, new(
            isAllowed, transport, request.Key?.SignatureLength ?? 0, options.MaxUdpSize, options.History, options.Expire(question.Zone)));
        Interlocked.Increment(ref transfers[(int)transfer.Kind]);
        return transfer;
    }

    private RequestMessages? AnswerQuery(VerifiedRequest request, TsigAnswerSigner? signer)
    {
        var state = TakeState();
        var origin = request.Request;
        var space = System.Buffers.ArrayPool<byte>.Shared.Rent(MaxMessageOctets);
        var context = new QueryContext(origin.Client.Address, origin.Transport, origin.Received, origin.IdleLimit) { SetAside = signer?.Key.SignatureLength ?? 0 };
        var length = AuthorityFor(request).Answer(state, context, request.Message.Span, space.AsSpan(0, MaxMessageOctets));
        var answer = length == 0 ? null : RequestMessages.One(space.AsSpan(0, length), signer, time);
        System.Buffers.ArrayPool<byte>.Shared.Return(space);
        lock (gate)
            states.Push(state);
        return answer;
    }

    /// <summary>Peers are told of zones that are there for them alone; to others it is as if there were none.</summary>
    private Authority AuthorityFor(VerifiedRequest request)
    {
        var authority = options.Authority();
        var message = request.Message.Span;
        if (authority.ForPeers is not { } peers || !DomainName.TryCreate(NameIn(message), out var name) || peers.Zones.FindAbove(name) is not { } served)
            return authority;
        // A zone of that name, or between the catalog's name and the question, is what everybody is told of.
        if (authority.Zones.FindAbove(name) is { } known && known.Apex.LabelCount >= served.Apex.LabelCount)
            return authority;
        return options.MayTransfer(request.Key, request.Request.Client.Address, served.Apex) ? peers : authority;
    }

    private static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> message)
    {
        var end = Header.Length;
        while (end < message.Length && message[end] is > 0 and < 64)
            end += message[end] + 1;
        return end < message.Length ? message[Header.Length..(end + 1)] : default;
    }

    private AnswerState TakeState()
    {
        lock (gate)
        {
            if (states.TryPop(out var state))
                return state;
        }
        return new();
    }
}
