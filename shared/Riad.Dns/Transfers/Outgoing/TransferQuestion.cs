using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>A request for a zone, whole or in differences.</summary>
/// <remarks>Source: RFC 5936 §2.1, RFC 1995 §3.</remarks>
public sealed class TransferQuestion
{
    private TransferQuestion(IncomingQuery query, Octets prefix, DomainName zone, Serial? have)
    {
        (Prefix, Zone, Have) = (prefix, zone, have);
        IsInternet = query.Class is (ushort)RecordClass.Internet;
        LacksSerial = have is null && query.Type is QueryTypes.Ixfr;
        (HasEdns, UdpSize, HasPadding, WantsExpire) = (query.HasEdns, query.UdpSize, query.HasPadding, query.WantsExpire);
    }

    /// <summary>The zone's name.</summary>
    public DomainName Zone { get; }

    /// <summary>The serial that the client has; null when it asks for the whole zone, or does not say.</summary>
    public Serial? Have { get; }

    /// <summary>It asks for differences and does not say from which version: a format error.</summary>
    internal bool LacksSerial { get; }

    /// <summary>The header and the question, as they came: every message of the answer begins alike.</summary>
    internal Octets Prefix { get; }

    internal bool IsInternet { get; }

    internal bool HasEdns { get; }

    internal ushort UdpSize { get; }

    internal bool HasPadding { get; }

    internal bool WantsExpire { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="octets">The whole message, without a signature.</param>
    /// <param name="question">Null when it asks for no transfer, or is malformed.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out TransferQuestion? question)
    {
        question = null;
        if (octets.Length < Header.Length || (octets[2] & 0x80) != 0)
            return false;
        var query = new IncomingQuery();
        query.Read(octets);
        if (query.Fault is not ResponseCode.NoError || query.Type is not (QueryTypes.Axfr or QueryTypes.Ixfr))
            return false;
        if (!DomainName.TryCreate(octets[Header.Length..(query.QuestionEnd - 4)], out var zone))
            return false;
        question = new(query, new(octets[..query.QuestionEnd]), zone, query.Type is QueryTypes.Ixfr ? ReadSerial(octets) : null);
        return true;
    }

    /// <summary>The client's version: an SOA record in the authority section, of which the serial alone counts.</summary>
    private static Serial? ReadSerial(ReadOnlySpan<byte> octets)
    {
        const int OctetsFromSerial = 20;
        const int LeastRdata = OctetsFromSerial + 2;
        var reader = new MessageReader(octets);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        while (reader.TryReadRecord(name, out var record))
        {
            if (record.Section is not Section.Authority || record.Type != RrTypes.Soa.Code || record.RdataLength < LeastRdata)
                continue;
            return new(BinaryPrimitives.ReadUInt32BigEndian(reader.RdataOf(record)[^OctetsFromSerial..]));
        }
        return null;
    }
}
