using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Secondary;

/// <summary>A NOTIFY: a zone has changed.</summary>
/// <param name="Apex">The zone's name.</param>
/// <param name="Hint">The serial that it tells, which may be wrong; null when it tells none.</param>
/// <remarks>Source: RFC 1996 §3.7 and §4.</remarks>
public sealed record NotifyQuestion(DomainName Apex, Serial? Hint)
{
    /// <summary>Octets that are always enough for an answer without its signature.</summary>
    public const int MaxAnswerLength = Header.Length + NameOctets.MaxLength + 4;

    /// <summary>Reads a NOTIFY.</summary>
    /// <param name="message">A request with that opcode, without its signature; otherwise any octets.</param>
    /// <param name="notify">Null on failure.</param>
    /// <returns>False when it is malformed, or not about the SOA of a zone of class IN: the answer is FORMERR.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, [NotNullWhen(true)] out NotifyQuestion? notify)
    {
        notify = null;
        var reader = new MessageReader(message);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        if (reader.Header is not { Opcode: Opcode.Notify, Questions: 1 } || !reader.TryReadQuestion(name, out var question))
            return false;
        if (question is not { Type: 6, Class: RecordClass.Internet } || !DomainName.TryCreate(name[..question.NameLength], out var apex))
            return false;
        var serial = ReadSerial(ref reader, apex);
        if (reader.Error.Fault is Core.WireFault.None)
            notify = new(apex, serial);
        return notify is not null;
    }

    /// <summary>Writes the answer to a request: its header and, where it can be read, its question.</summary>
    /// <param name="request">At least a header.</param>
    /// <param name="code">How it went.</param>
    /// <param name="answer">At least <see cref="MaxAnswerLength"/> octets.</param>
    /// <returns>Octets written.</returns>
    public static int WriteAnswer(ReadOnlySpan<byte> request, ResponseCode code, Span<byte> answer)
    {
        var reader = new MessageReader(request);
        var writer = new MessageWriter(answer);
        var name = new byte[NameOctets.MaxLength];
        if (reader.TryReadQuestion(name, out var question))
            writer.TryWriteQuestion(name.AsSpan(0, question.NameLength), question.Type, question.Class);
        var flags = HeaderBits.Response | (code is ResponseCode.NoError ? HeaderBits.Authoritative : HeaderBits.None);
        return writer.Finish(reader.Header.Id, flags, reader.Header.Opcode, code);
    }

    private static Serial? ReadSerial(ref MessageReader reader, DomainName apex)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        Span<byte> rdata = stackalloc byte[Zones.RecordSetView.ScratchLength];
        Serial? serial = null;
        while (reader.TryReadRecord(owner, out var record))
        {
            if (record is not { Section: Section.Answer, Type: 6 } || !NameOctets.AreEqual(owner[..record.NameLength], apex.Wire))
                continue;
            if (reader.TryDecompress(record, RrTypes.Soa, rdata, out var length))
                serial = RrTypes.Soa.Codec.FromOctets(rdata[..length]).Serial;
        }
        return serial;
    }
}
