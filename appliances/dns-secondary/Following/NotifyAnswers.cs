using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Secondary;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;

namespace Riad.DnsSecondary.Following;

/// <summary>Answers NOTIFY: who may say that a zone has changed, and who may teach us a zone.</summary>
internal sealed class NotifyAnswers(Func<TsigKeys> keys, Func<Rights> rights, PrimaryChoice choice, SecondaryDriver following)
{
    /// <summary>Told of each zone that somebody who may teach it told of, and that is not followed all the same, with the reason. From any thread.</summary>
    public Action<DomainName, string> TellUnlearned { get; init; } = static (_, _) => { };

    /// <summary>Answers one.</summary>
    public ValueTask<Octets> AnswerAsync(VerifiedRequest request, CancellationToken stop)
    {
        var message = request.Message.Span;
        var code = NotifyQuestion.TryRead(message, out var notify)
            ? Judge(notify, request.Key, request.Request.Client.Address.Unmapped)
            : ResponseCode.FormatError;
        Span<byte> answer = stackalloc byte[NotifyQuestion.MaxAnswerLength];
        return new(new Octets(answer[..NotifyQuestion.WriteAnswer(message, code, answer)]));
    }

    /// <summary>A key is believed when it is the primary's or may notify; an address when it is a primary's, and then only to look.</summary>
    private ResponseCode Judge(NotifyQuestion notify, TsigKey? key, IpAddress source)
    {
        var mayTeach = rights().MayNotify(key, notify.Apex);
        if (following.Read(zones => zones.Find(notify.Apex)?.Primaries) is not { } primaries)
            return mayTeach && TryLearn(notify.Apex) ? ResponseCode.NoError : ResponseCode.NotAuthoritative;
        var isTrusted = key is null
            ? primaries.Any(server => server.Endpoint.Address == source)
            : mayTeach || primaries.Any(server => server.Key == key.Name);
        if (!isTrusted)
            return ResponseCode.Refused;
        following.Post(new SecondaryInput.Notified(notify.Apex, source, key is null ? null : notify.Hint));
        return ResponseCode.NoError;
    }

    private bool TryLearn(DomainName apex)
    {
        if (choice.TryChoose(apex, keys(), out var primaries, out var reason))
            return following.Post(new SecondaryInput.Follow(apex, primaries, new ZoneOrigin.Learned()));
        TellUnlearned(apex, reason);
        return false;
    }
}
