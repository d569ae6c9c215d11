using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>A TSIG record: the signature at the end of a message.</summary>
/// <param name="KeyName">The record's owner.</param>
/// <param name="Algorithm">Known or not.</param>
/// <param name="TimeSigned">Seconds since 1970-01-01T00:00:00Z, 48 bits; in a BADTIME answer the request's.</param>
/// <param name="Fudge">Seconds by which the receiver's clock may differ.</param>
/// <param name="Mac">Empty in some errors; may be cut off.</param>
/// <param name="OriginalId">The message's id when it was signed; a forwarder may have changed it since.</param>
/// <param name="Error">As its number; see <see cref="TsigError"/>.</param>
/// <param name="Other">Empty; in a BADTIME answer the server's time, 6 octets.</param>
/// <remarks>
/// <code>
/// Algorithm Name   name, uncompressed
/// Time Signed      48 bits
/// Fudge            16 bits
/// MAC Size         16 bits
/// MAC              MAC Size octets
/// Original ID      16 bits
/// Error            16 bits
/// Other Len        16 bits
/// Other Data       Other Len octets
/// </code>
/// Source: RFC 8945 §4.2.
/// </remarks>
public sealed record TsigRecord(
    DomainName KeyName, DomainName Algorithm, long TimeSigned, ushort Fudge, Octets Mac, ushort OriginalId, TsigError Error, Octets Other)
{
    /// <summary>The fudge to sign with.</summary>
    /// <remarks>Source: RFC 8945 §10.</remarks>
    public const ushort UsualFudge = 300;

    /// <summary>The latest time that 48 bits hold.</summary>
    public const long MaxTime = (1L << 48) - 1;

    internal const int TimeLength = 6;

    private const int RecordHeadLength = 10; // type, class, TTL, length
    private const int FixedRdataLength = TimeLength + 10; // fudge, MAC size, original id, error, other length

    /// <summary>Reads a record's data.</summary>
    /// <param name="keyName">The record's owner.</param>
    /// <param name="rdata">Nothing behind it.</param>
    /// <param name="record">Null on failure.</param>
    /// <param name="error">Its offset counted from the start of the data; the default on success.</param>
    public static bool TryRead(DomainName keyName, ReadOnlySpan<byte> rdata, [NotNullWhen(true)] out TsigRecord? record, out WireError error)
    {
        record = null;
        var reader = new WireReader(rdata);
        var algorithm = ReadUncompressedName(ref reader);
        var time = (long)reader.ReadUInt16() << 32 | reader.ReadUInt32();
        var fudge = reader.ReadUInt16();
        var mac = reader.ReadOctets(reader.ReadUInt16());
        var (originalId, code) = (reader.ReadUInt16(), (TsigError)reader.ReadUInt16());
        var other = reader.ReadOctets(reader.ReadUInt16());
        if (!reader.TryFinish(out error))
            return false;
        record = new(keyName, algorithm, time, fudge, new(mac), originalId, code, new(other));
        return true;
    }

    /// <summary>Octets of a whole record, its owner uncompressed.</summary>
    internal static int MeasureRecord(DomainName keyName, DomainName algorithm, int macLength, int otherLength) =>
        keyName.Wire.Length + RecordHeadLength + algorithm.Wire.Length + FixedRdataLength + macLength + otherLength;

    /// <summary>Writes the record's data.</summary>
    public void WriteRdata(ref WireWriter writer)
    {
        Algorithm.Write(ref writer);
        WriteTimers(ref writer);
        writer.WriteUInt16((ushort)Mac.Length);
        writer.WriteOctets(Mac.Span);
        writer.WriteUInt16(OriginalId);
        writer.WriteUInt16((ushort)Error);
        writer.WriteUInt16((ushort)Other.Length);
        writer.WriteOctets(Other.Span);
    }

    /// <summary>Writes the whole record, its owner uncompressed.</summary>
    internal void Write(ref WireWriter writer)
    {
        KeyName.Write(ref writer);
        writer.WriteUInt16(QueryTypes.Tsig);
        writer.WriteUInt16((ushort)RecordClass.Any);
        writer.WriteUInt32(0);
        writer.WriteUInt16((ushort)(Algorithm.Wire.Length + FixedRdataLength + Mac.Length + Other.Length));
        WriteRdata(ref writer);
    }

    /// <summary>Writes time and fudge: what is signed of every message behind the first.</summary>
    internal void WriteTimers(ref WireWriter writer)
    {
        writer.WriteUInt16((ushort)(TimeSigned >> 32));
        writer.WriteUInt32((uint)TimeSigned);
        writer.WriteUInt16(Fudge);
    }

    /// <summary>The time that a BADTIME answer tells; null when it tells none.</summary>
    internal long? ReadServerTime() => Other.Length == TimeLength
        ? (long)BinaryPrimitives.ReadUInt16BigEndian(Other.Span) << 32 | BinaryPrimitives.ReadUInt32BigEndian(Other.Span[2..])
        : null;

    private static DomainName ReadUncompressedName(ref WireReader reader)
    {
        if (!NameOctets.TryMeasure(reader.Message[reader.Position..], out var length))
        {
            reader.Fail(reader.Remaining == 0 ? WireFault.Truncated : WireFault.Malformed);
            return DomainName.Root;
        }
        return DomainName.TryCreate(reader.ReadOctets(length), out var name) ? name : DomainName.Root;
    }
}
