using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Messages;

/// <summary>A whole message as a value: for clients, tools and tests. A server's hot path reads and writes octets.</summary>
/// <param name="Id">Chosen by the asker, repeated in the answer.</param>
/// <param name="Flags">The single bits.</param>
/// <param name="Opcode">What is asked for.</param>
/// <param name="ResponseCode">0 to 15; with EDNS, to 4095.</param>
/// <param name="Questions">One, in most.</param>
/// <param name="Answers">The answer section.</param>
/// <param name="Authorities">The authority section.</param>
/// <param name="Additionals">The additional section without the OPT record.</param>
/// <param name="Edns">What the OPT record says; null when there is none.</param>
/// <remarks>Source: RFC 1035 §4, RFC 6891.</remarks>
public sealed record Message(
    ushort Id, HeaderBits Flags, Opcode Opcode, ResponseCode ResponseCode,
    Seq<Question> Questions, Seq<ResourceRecord> Answers, Seq<ResourceRecord> Authorities, Seq<ResourceRecord> Additionals, Edns? Edns)
{
    /// <summary>The longest message.</summary>
    public const int MaxLength = ushort.MaxValue;

    private const int MaxLowResponseCode = 15;

    /// <summary>A query with one question and plain EDNS.</summary>
    public static Message Query(ushort id, DomainName name, ushort type, HeaderBits flags = HeaderBits.None) =>
        new(id, flags, Opcode.Query, ResponseCode.NoError, [new(name, type, RecordClass.Internet)], [], [], [], Edns.Plain);

    /// <summary>Reads a message.</summary>
    /// <param name="octets">The whole message, nothing behind it.</param>
    /// <param name="message">Null on failure.</param>
    /// <param name="error">The first fault; the default on success. A second OPT record, or data that is not of its type, is Malformed.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out Message? message, out WireError error)
    {
        message = null;
        var parts = new MessageParts();
        var reader = new MessageReader(octets);
        if (!parts.TryRead(ref reader, out error))
            return false;
        var code = (ResponseCode)((int)reader.Header.LowResponseCode | parts.UpperResponseCode << 4);
        message = new(
            reader.Header.Id, reader.Header.Flags, reader.Header.Opcode, code,
            parts.Questions.ToSeq(), parts.Answers.ToSeq(), parts.Authorities.ToSeq(), parts.Additionals.ToSeq(), parts.Edns);
        return true;
    }

    /// <summary>Writes the message, its names compressed.</summary>
    /// <param name="buffer">Receives the octets.</param>
    /// <param name="length">Octets written; 0 on failure.</param>
    /// <returns>False when the message does not fit.</returns>
    /// <exception cref="InvalidOperationException">The response code needs EDNS, and there is none.</exception>
    public bool TryWrite(Span<byte> buffer, out int length)
    {
        if ((int)ResponseCode > MaxLowResponseCode && Edns is null)
            throw new InvalidOperationException("a response code over 15 needs EDNS");
        length = 0;
        if (buffer.Length < Header.Length)
            return false;
        var writer = new MessageWriter(buffer);
        foreach (var question in Questions)
        {
            if (!writer.TryWriteQuestion(question.Name.Wire, question.Type, question.Class))
                return false;
        }
        var good = TryWrite(ref writer, Section.Answer, Answers) && TryWrite(ref writer, Section.Authority, Authorities)
            && TryWrite(ref writer, Section.Additional, Additionals) && TryWriteEdns(ref writer);
        length = good ? writer.Finish(Id, Flags, Opcode, ResponseCode) : 0;
        return good;
    }

    private static bool TryWrite(ref MessageWriter writer, Section section, Seq<ResourceRecord> records)
    {
        foreach (var (owner, type, recordClass, ttl, rdata) in records)
        {
            var compresses = rdata.Length > 0 && RrTypes.FindKnown(type) is { Shape.HasNames: true } known && RdataWire.TryValidate(known, rdata.Span, out _);
            var good = compresses
                ? writer.TryWriteRecord(section, owner.Wire, RrTypes.FromCode(type), recordClass, ttl.Seconds, rdata.Span)
                : writer.TryWriteRaw(section, owner.Wire, type, recordClass, ttl.Seconds, rdata.Span);
            if (!good)
                return false;
        }
        return true;
    }

    private bool TryWriteEdns(ref MessageWriter writer)
    {
        if (Edns is null)
            return true;
        var options = new EdnsOptionWriter(new byte[Math.Max(writer.Room, 0)]);
        foreach (var option in Edns.Options)
        {
            if (!option.TryWrite(ref options))
                return false;
        }
        return writer.TryWriteOpt(Edns.UdpSize, Edns.Version, Edns.IsDnssecOk, ResponseCode, options.Written);
    }
}
