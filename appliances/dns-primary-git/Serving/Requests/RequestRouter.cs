using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Server;
using Riad.Dns.Tsig;
using Riad.DnsPrimaryGit.Keys;
using Riad.DnsPrimaryGit.Serving.Updates;

namespace Riad.DnsPrimaryGit.Serving.Requests;

/// <summary>Looks at the signature of a request, has it answered by those whose business it is, and signs the answer.</summary>
internal sealed class RequestRouter(KeyService keys, UpdateRequests updates, ServedAuthority authority, TimeProvider clock) : IRequestHandler
{
    private const int DatagramOctets = 1232;
    private const int RefusalOctets = 1100;

    /// <inheritdoc/>
    public async ValueTask<IMessageSequence?> HandleAsync(DnsRequest request, CancellationToken stop)
    {
        switch (TsigVerifier.Verify(request.Octets.Span, keys.Current, clock.GetUtcNow().ToUnixTimeSeconds()))
        {
            case TsigVerdict.Refused refused:
                return Refuse(request, refused);
            case TsigVerdict.NotSigned:
                return await AnswerAsync(request, request.Octets, null, stop);
            case TsigVerdict.Good good:
                return await AnswerAsync(request, good.Message.Span.ToArray(), good, stop);
            default:
                throw new UnreachableException();
        }
    }

    private OneMessage Refuse(DnsRequest request, TsigVerdict.Refused refused)
    {
        var answer = new byte[RefusalOctets];
        return new(answer.AsMemory(0, TsigRefusalWriter.Write(request.Octets.Span, refused, answer, clock.GetUtcNow().ToUnixTimeSeconds())));
    }

    private async ValueTask<IMessageSequence?> AnswerAsync(DnsRequest request, ReadOnlyMemory<byte> message, TsigVerdict.Good? signed, CancellationToken stop)
    {
        var limit = request.Transport is DnsTransport.Udp ? DatagramOctets : Message.MaxLength;
        var answer = new byte[limit];
        var setAside = signed?.Key.SignatureLength ?? 0;
        int length;
        if (OpcodeOf(message.Span) is Opcode.Update)
        {
            var code = await updates.AnswerAsync(message.Span, signed, request.Client.Address).WaitAsync(stop);
            length = WriteAnswer(message.Span, code, answer);
        }
        else
            length = authority.Current.Answer(new AnswerState(), new(request.Client.Address, request.Transport, request.Received, TimeSpan.Zero), message.Span, answer.AsSpan(0, limit - setAside));
        if (length > 0 && signed is not null && !new TsigAnswerSigner(signed).TrySign(answer, ref length, clock.GetUtcNow().ToUnixTimeSeconds()))
            return null;
        return length == 0 ? null : new OneMessage(answer.AsMemory(0, length));
    }

    private static Opcode OpcodeOf(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        return Header.Read(ref reader).Opcode;
    }

    /// <summary>The header and the zone section.</summary>
    /// <remarks>Source: RFC 2136 §3.8.</remarks>
    private static int WriteAnswer(ReadOnlySpan<byte> request, ResponseCode code, Span<byte> answer)
    {
        var reader = new MessageReader(request);
        scoped var writer = new MessageWriter(answer);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        if (reader.Header.Questions == 1 && reader.TryReadQuestion(name, out var zone))
            writer.TryWriteQuestion(name[..zone.NameLength], zone.Type, zone.Class);
        return writer.Finish(reader.Header.Id, HeaderBits.Response, Opcode.Update, code);
    }
}
