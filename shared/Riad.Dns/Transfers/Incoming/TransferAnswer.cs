using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Transfers.Incoming;

/// <summary>What every answer of a primary must fulfil before its records are looked at.</summary>
public static class TransferAnswer
{
    /// <summary>Reads the serial out of the answer to an SOA query.</summary>
    /// <param name="message">Any octets.</param>
    /// <param name="id">Of the query.</param>
    /// <param name="apex">The zone's name.</param>
    /// <param name="soa">The SOA; null on failure.</param>
    /// <param name="error">Why not; the default on success.</param>
    /// <returns>False when the answer is not an authoritative SOA of the zone.</returns>
    public static bool TryReadSoa(ReadOnlySpan<byte> message, ushort id, DomainName apex, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Soa? soa, out TransferError error)
    {
        ArgumentNullException.ThrowIfNull(apex);
        soa = null;
        error = default;
        var reader = new MessageReader(message);
        if (Check(ref reader, message.Length, id, apex, RrTypes.Soa.Code) is { } wrong)
        {
            error = wrong;
            return false;
        }
        if (!reader.Header.Flags.HasFlag(HeaderBits.Authoritative))
        {
            error = new(TransferFault.NotAuthoritative); // a cached serial is no contact with the zone
            return false;
        }
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        Span<byte> rdata = stackalloc byte[RecordSetScratch];
        while (reader.TryReadRecord(owner, out var record) && record.Section is Section.Answer)
        {
            if (record.Type != RrTypes.Soa.Code || record.Class is not RecordClass.Internet || !NameOctets.AreEqual(owner[..record.NameLength], apex.Wire))
                continue;
            if (!reader.TryDecompress(record, RrTypes.Soa, rdata, out var length))
                break;
            soa = RrTypes.Soa.Codec.FromOctets(rdata[..length]);
            return true;
        }
        error = new(reader.Error.Fault is Core.WireFault.None ? TransferFault.SoaMissing : TransferFault.Malformed);
        return false;
    }

    private const int RecordSetScratch = Zones.RecordSetView.ScratchLength;

    /// <summary>Reads header and questions; null when they are those of an answer to the request.</summary>
    /// <remarks>Source: RFC 5936 §2.2.1: the question is repeated in the first message, and may be left out later.</remarks>
    internal static TransferError? Check(ref MessageReader reader, int length, ushort id, DomainName apex, ushort type)
    {
        var header = reader.Header;
        if (length < Header.Length)
            return new(TransferFault.Malformed);
        if (!header.Flags.HasFlag(HeaderBits.Response) || header.Opcode is not Opcode.Query)
            return new(TransferFault.NotAnAnswer);
        if (header.Id != id)
            return new(TransferFault.WrongId);
        if (header.LowResponseCode is not ResponseCode.NoError)
            return new(TransferFault.ErrorCode, header.LowResponseCode);
        if (header.IsTruncated)
            return new(TransferFault.Truncated);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        while (reader.TryReadQuestion(name, out var question))
        {
            if (question.Type != type || question.Class is not RecordClass.Internet || !NameOctets.AreEqual(name[..question.NameLength], apex.Wire))
                return new(TransferFault.WrongQuestion);
        }
        return reader.Error.Fault is Core.WireFault.None ? null : new(TransferFault.Malformed);
    }
}
