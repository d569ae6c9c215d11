using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>Decides how a request for a zone is answered.</summary>
/// <remarks>
/// Source: RFC 5936 §2.2 and §4, RFC 1995 §2 and §4. A client that has the version that is served, or a newer one, gets the SOA
/// record alone. Differences that are unknown, or no shorter than the zone, become the whole zone. Over UDP differences are sent
/// when they fit, and the SOA record alone when they do not: the client asks again over TCP.
/// </remarks>
public static class ZoneTransfers
{
    /// <summary>Answers a request.</summary>
    /// <param name="question">What is asked for.</param>
    /// <param name="served">The zone of this very name; null when it is not ours.</param>
    /// <param name="terms">Everything else.</param>
    public static OutgoingTransfer Answer(TransferQuestion question, ServedZone? served, TransferTerms terms)
    {
        if (question.LacksSerial)
            return Refuse(ResponseCode.FormatError);
        if (!question.IsInternet)
            return Refuse(ResponseCode.Refused);
        if (served is null)
            return Refuse(ResponseCode.NotAuthoritative);
        if (!terms.IsAllowed)
            return Refuse(ResponseCode.Refused);
        if (served.Zone is not { } zone)
            return Refuse(ResponseCode.ServerFailure);
        return terms.Transport is DnsTransport.Udp ? OverUdp(question, zone, terms) : OverStream(question, zone, terms);

        OutgoingTransfer Refuse(ResponseCode code) => new EmptyAnswer(new(question, code, expire: null, terms.Transport, terms.SignatureLength));
    }

    private static OutgoingTransfer OverStream(TransferQuestion question, Zone zone, TransferTerms terms)
    {
        var envelope = Envelope(question, zone, terms);
        if (IsCurrent(question, zone))
            return new ZoneMessages(envelope, zone, soaOnly: true);
        return FindStep(question, zone, terms) is { } step ? new DifferenceMessages(envelope, question, [step]) : new ZoneMessages(envelope, zone);
    }

    private static RenderedAnswer OverUdp(TransferQuestion question, Zone zone, TransferTerms terms)
    {
        var space = new byte[Math.Min(question.UdpSize, terms.MaxUdpSize) - terms.SignatureLength];
        var (length, kind) = (0, TransferKind.Differences);
        if (!IsCurrent(question, zone) && FindStep(question, zone, terms) is { } step)
            length = Render(new DifferenceMessages(Envelope(question, zone, terms), question, [step]), space);
        if (length == 0 && question.Have is not null)
            (length, kind) = (Render(new ZoneMessages(Envelope(question, zone, terms), zone, soaOnly: true), space), TransferKind.Current);
        var truncated = new TransferEnvelope(question, ResponseCode.NoError, expire: null, terms.Transport, terms.SignatureLength) { IsTruncated = true };
        if (length == 0)
            (length, kind) = (new EmptyAnswer(truncated).WriteNext(space), TransferKind.Truncated);
        return new(truncated, kind, space[..length]);
    }

    /// <summary>Writes an answer that is one message; 0 when it is more than one, or too long.</summary>
    private static int Render(OutgoingTransfer transfer, Span<byte> space)
    {
        var length = transfer.TryWriteNext(space);
        return length > 0 && !transfer.HasMore ? length : 0;
    }

    private static bool IsCurrent(TransferQuestion question, Zone zone) => question.Have is { } have && !zone.Serial.IsNewerThan(have);

    /// <summary>The differences as one step; null when the whole zone is to be sent.</summary>
    private static ZoneStep? FindStep(TransferQuestion question, Zone zone, TransferTerms terms)
    {
        if (question.Have is not { } have || terms.History(zone, have) is not { Length: > 0 } steps)
            return null;
        var step = StepCondenser.Condense(steps);
        if (step.From != have || step.To != zone.Serial)
            return null;
        return step.Removed.Length + (long)step.Added.Length < zone.RecordCount ? step : null;
    }

    private static TransferEnvelope Envelope(TransferQuestion question, Zone zone, TransferTerms terms) =>
        new(question, ResponseCode.NoError, terms.Expire ?? zone.Soa.Expire, terms.Transport, terms.SignatureLength);
}
