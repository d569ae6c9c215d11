using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Secondary;
using Riad.Dns.Server;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;

namespace Riad.DnsSecondary.Following;

/// <summary>Answers what is more than a query: NOTIFY is acted on, signed queries get signed answers, the rest is refused.</summary>
internal sealed class RequestAnswers(KeyFile keys, PrimaryChoice choice, SecondaryDriver following, Func<Authority> authority) : IRequestHandler
{
    private const int RefusalOctets = 1100;

    public ValueTask<IMessageSequence?> HandleAsync(DnsRequest request, CancellationToken stop) => new(Answer(request));

    private OneMessage? Answer(DnsRequest request)
    {
        var verdict = TsigVerifier.Verify(request.Octets.Span, keys.Current, request.Received.UnixSeconds);
        if (verdict is TsigVerdict.Refused refused)
            return Refuse(request, refused);
        var good = verdict as TsigVerdict.Good;
        var message = good is null ? request.Octets.Span : good.Message.Span;
        var room = good?.Key.SignatureLength ?? 0;
        var space = new byte[request.Transport is DnsTransport.Udp ? Edns.UsualUdpSize : ushort.MaxValue];
        var length = new MessageReader(message).Header.Opcode is Opcode.Notify
            ? AnswerNotify(message, good?.Key, request.Client.Address, space)
            : AnswerQuery(request, message, space.AsSpan(0, space.Length - room));
        if (length == 0 || (good is not null && !new TsigAnswerSigner(good).TrySign(space, ref length, request.Received.UnixSeconds)))
            return null;
        return new(space.AsMemory(0, length));
    }

    private static OneMessage? Refuse(DnsRequest request, TsigVerdict.Refused refused)
    {
        var space = new byte[RefusalOctets];
        var length = TsigRefusalWriter.Write(request.Octets.Span, refused, space, request.Received.UnixSeconds);
        return length == 0 ? null : new(space.AsMemory(0, length));
    }

    private int AnswerQuery(DnsRequest request, ReadOnlySpan<byte> message, Span<byte> space)
    {
        var context = new QueryContext(request.Client.Address, request.Transport, request.Received, TimeSpan.Zero);
        return authority().Answer(new AnswerState(), context, message, space);
    }

    private int AnswerNotify(ReadOnlySpan<byte> message, TsigKey? key, IpAddress source, Span<byte> space)
    {
        var code = NotifyQuestion.TryRead(message, out var notify) ? Judge(notify, key, source) : ResponseCode.FormatError;
        return NotifyQuestion.WriteAnswer(message, code, space);
    }

    /// <summary>A key is believed when it is the primary's or its name says so; an address when it is a primary's, and then only to look.</summary>
    private ResponseCode Judge(NotifyQuestion notify, TsigKey? key, IpAddress source)
    {
        var mayTeach = Rights.ByKeyNames.MayNotify(key, notify.Apex);
        if (following.Read(zones => zones.Find(notify.Apex)?.Primaries) is not { } primaries)
            return mayTeach && TryLearn(notify.Apex) ? ResponseCode.NoError : ResponseCode.NotAuthoritative;
        var isTrusted = key is null
            ? primaries.Any(server => server.Endpoint.Address == source.Unmapped)
            : mayTeach || primaries.Any(server => server.Key == key.Name);
        if (!isTrusted)
            return ResponseCode.Refused;
        following.Post(new SecondaryInput.Notified(notify.Apex, source.Unmapped, key is null ? null : notify.Hint));
        return ResponseCode.NoError;
    }

    private bool TryLearn(DomainName apex)
    {
        var primaries = choice.Of(apex, keys.Current);
        return primaries.Count > 0 && following.Post(new SecondaryInput.Follow(apex, primaries, new ZoneOrigin.Learned()));
    }
}
