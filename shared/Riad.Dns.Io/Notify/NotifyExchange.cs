using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.Records;
using Riad.Dns.Tsig;

namespace Riad.Dns.Io;

/// <summary>A NOTIFY that is on its way, and what its answer must look like.</summary>
/// <remarks>Source: RFC 1996 §3 and §4.5: the question is the zone's SOA, the new SOA is a hint in the answer section, AA is set.</remarks>
internal sealed class NotifyExchange
{
    private const int Room = 2048; // three names of an SOA record, a question, and a signature
    private const long SignatureGoodSeconds = 120; // well within the fudge of 300

    private readonly Octets requestMac;
    private readonly long signedAt;

    internal NotifyExchange(NotifyTarget to, NotifyZone zone, ushort id, long unixSeconds)
    {
        (To, Zone, Id, signedAt) = (to, zone, id, unixSeconds);
        var soa = ResourceRecord.Create(zone.Apex, RrTypes.Soa, zone.SoaTtl, zone.Soa);
        var message = new Message(
            id, HeaderBits.Authoritative, Opcode.Notify, ResponseCode.NoError,
            [new(zone.Apex, RrTypes.Soa.Code, RecordClass.Internet)], [soa], [], [], Edns: null);
        var buffer = new byte[Room];
        if (!message.TryWrite(buffer, out var length) || (to.Key is { } key && !TsigSigner.TrySignRequest(key, buffer, ref length, unixSeconds, out requestMac)))
            throw new InvalidOperationException("a NOTIFY does not fit");
        Octets = buffer.AsMemory(0, length);
    }

    internal NotifyTarget To { get; }

    internal NotifyZone Zone { get; }

    internal ushort Id { get; }

    internal ReadOnlyMemory<byte> Octets { get; }

    /// <summary>True when the same octets can be sent again.</summary>
    internal bool CanRepeat(NotifyTarget to, NotifyZone zone, long unixSeconds) =>
        to == To && ReferenceEquals(zone, Zone) && Math.Abs(unixSeconds - signedAt) < SignatureGoodSeconds;

    /// <summary>Reads an answer with this exchange's id from this exchange's server; false when it is not to be believed.</summary>
    internal bool TryRead(ReadOnlySpan<byte> datagram, long unixSeconds, out ResponseCode code)
    {
        code = default;
        if (To.Key is null)
            return TryReadCode(datagram, out code);
        using var verifier = new TsigAnswerVerifier(To.Key, requestMac);
        return verifier.Verify(datagram, unixSeconds) switch
        {
            TsigAnswerVerdict.Good(var message) => TryReadCode(message.Span, out code),
            TsigAnswerVerdict.RefusedByServer { IsSigned: true } => TryReadCode(datagram, out code),
            _ => false,
        };
    }

    private bool TryReadCode(ReadOnlySpan<byte> datagram, out ResponseCode code)
    {
        var reader = new MessageReader(datagram);
        code = reader.Header.LowResponseCode;
        return reader.Error.Fault is WireFault.None && reader.Header.Opcode is Opcode.Notify && reader.Header.Flags.HasFlag(HeaderBits.Response) && IsAbout(ref reader);
    }

    /// <summary>Some servers leave the question out when they refuse.</summary>
    private bool IsAbout(ref MessageReader reader)
    {
        if (reader.Header.Questions == 0)
            return reader.Header.LowResponseCode is not ResponseCode.NoError;
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        return reader.TryReadQuestion(name, out var question) && NameOctets.AreEqual(name[..question.NameLength], Zone.Apex.Wire);
    }
}
