using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Dns.Updates;
using Riad.ZoneRepository.Updates;

namespace Riad.DnsPrimaryGit.Serving.Updates;

/// <summary>Answers requests to change a zone: who may do nothing is told so before anything is looked at.</summary>
/// <param name="queue">Where updates are applied.</param>
/// <param name="isOurs">Whether a zone is served here; of others nobody can be told more than that.</param>
/// <param name="rights">What keys may do at this moment.</param>
/// <param name="clock">For signatures and commits.</param>
/// <param name="log">For what is not even judged.</param>
internal sealed class UpdateRequests(UpdateQueue queue, Func<DomainName, bool> isOurs, Func<Rights> rights, TimeProvider clock, ILogger log)
{
    private const int AnswerOctets = 512;

    private readonly UpdateMemory memory = new(clock.GetUtcNow().ToUnixTimeSeconds(), log);

    /// <summary>The answer, not signed.</summary>
    /// <param name="request">Any octets whose opcode is UPDATE.</param>
    /// <param name="stop">Ends the wait, not the update.</param>
    public async ValueTask<Octets> AnswerAsync(VerifiedRequest request, CancellationToken stop)
    {
        var code = await AnswerAsync(request.Message.Span, request.Signature, request.Request.Client.Address).WaitAsync(stop);
        return WriteAnswer(request.Message.Span, code);
    }

    /// <summary>The response code of the answer, once everything that it stands for is on the disk.</summary>
    /// <param name="request">Without its signature.</param>
    /// <param name="signed">Whose signature was good; null when there was none.</param>
    /// <param name="client">Who asks.</param>
    /// <remarks>Source: RFC 2136 §3, RFC 3007 §3.</remarks>
    public Task<ResponseCode> AnswerAsync(ReadOnlySpan<byte> request, TsigVerdict.Good? signed, IpAddress client)
    {
        if (!UpdateMessage.TryRead(request, out var message))
            return Task.FromResult(ResponseCode.FormatError);
        if (!isOurs(message.Zone))
            return Task.FromResult(ResponseCode.NotAuthoritative);
        var granted = rights();
        if (signed is null || !granted.MayUpdate(signed.Key, message.Zone))
            return Task.FromResult(ResponseCode.Refused);
        var now = clock.GetUtcNow();
        var origin = new UpdateOrigin(signed.Key.Name, client, now);
        bool IsGranted(DomainName owner, ushort type) => granted.MayUpdate(signed.Key, message.Zone, owner, type);
        return memory.AnswerOnce(signed, now.ToUnixTimeSeconds(), () => queue.UpdateAsync(message, origin, IsGranted));
    }

    /// <summary>The header and the zone section.</summary>
    /// <remarks>Source: RFC 2136 §3.8.</remarks>
    private static Octets WriteAnswer(ReadOnlySpan<byte> request, ResponseCode code)
    {
        Span<byte> answer = stackalloc byte[AnswerOctets];
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        var reader = new MessageReader(request);
        scoped var writer = new MessageWriter(answer);
        if (reader.Header.Questions == 1 && reader.TryReadQuestion(name, out var zone))
            writer.TryWriteQuestion(name[..zone.NameLength], zone.Type, zone.Class);
        return new(answer[..writer.Finish(reader.Header.Id, HeaderBits.Response, Opcode.Update, code)]);
    }
}
