using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Secondary;
using Riad.Dns.Server.Access;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Answers NOTIFY: where the zones come from a remote, a signed one says that there is something new.</summary>
/// <param name="rights">What keys may do at this moment.</param>
/// <param name="look">Has the remote looked at soon; cheap, and bounded however often it is called. Null without a remote.</param>
/// <param name="log">Where it is said who was not believed, for who looks closely.</param>
/// <remarks>
/// Source: RFC 1996 §3. The zone's name serves the rights alone: the whole remote is looked at, so a zone that is not here yet may be
/// told of. Addresses can be forged, so that who has no key is told REFUSED and otherwise ignored.
/// </remarks>
internal sealed class NotifyDoor(Func<Rights> rights, Action? look, ILogger log)
{
    /// <summary>Answers one.</summary>
    public ValueTask<Octets> AnswerAsync(VerifiedRequest request, CancellationToken stop)
    {
        var code = Judge(request);
        log.LogDebug("notified client={Client} key={Key} answer={Answer}", request.Request.Client, request.Key?.ToString() ?? "none", code);
        if (code is ResponseCode.NoError)
            look?.Invoke();
        Span<byte> answer = stackalloc byte[NotifyQuestion.MaxAnswerLength];
        return new(new Octets(answer[..NotifyQuestion.WriteAnswer(request.Message.Span, code, answer)]));
    }

    private ResponseCode Judge(VerifiedRequest request)
    {
        if (look is null)
            return ResponseCode.NotImplemented;
        if (!NotifyQuestion.TryRead(request.Message.Span, out var notify))
            return ResponseCode.FormatError;
        return rights().MayNotify(request.Key, notify.Apex) ? ResponseCode.NoError : ResponseCode.Refused;
    }
}
