using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Messages;

/// <summary>Writes a message front to back, its names compressed. Allocates nothing.</summary>
/// <remarks>
/// A record is written whole or not at all. Only the names that RFC 3597 §4 allows are compressed. An owner
/// shares the octets of a name that differs in case alone, so that an answer repeats the case of its question; names in
/// data keep their own. Source: RFC 1035 §4.1.4, RFC 4343 §4.1.
/// </remarks>
public ref struct MessageWriter
{
    private const int PointerBits = 0xc000;
    private const uint DnssecOkBit = 0x8000;
    private const int RecordHeadLength = 10; // type, class, TTL, length

    private WireWriter wire;
    private CompressionTable table;
    private ushort questions;
    private MessageMark mark;
    private int setAside;

    /// <summary>Leaves room for the header.</summary>
    /// <param name="buffer">As long as the transport allows; at least 12 octets.</param>
    public MessageWriter(Span<byte> buffer)
    {
        wire = new(buffer);
        wire.Reserve(Header.Length);
        mark = new(Header.Length, 0, 0, 0);
    }

    /// <summary>The present state, to come back to with <see cref="CutBack"/>.</summary>
    public readonly MessageMark Mark => mark;

    /// <summary>Octets that a record may still take.</summary>
    public readonly int Room => wire.Room - setAside;

    /// <summary>Keeps octets free at the end, for an OPT record or a signature; 0 frees them.</summary>
    public void SetAside(int octets) => setAside = octets;

    /// <summary>Writes a question; false when it does not fit.</summary>
    public bool TryWriteQuestion(ReadOnlySpan<byte> name, ushort type, RecordClass recordClass)
    {
        WriteName(name, exactCase: false);
        wire.WriteUInt16(type);
        wire.WriteUInt16((ushort)recordClass);
        if (!TryKeep())
            return false;
        questions++;
        return true;
    }

    /// <summary>Writes a record; false, and nothing written, when it does not fit.</summary>
    /// <param name="section">Not before the section of the record before.</param>
    /// <param name="owner">Uncompressed.</param>
    /// <param name="type">Tells which names in the data are compressed.</param>
    /// <param name="recordClass">Internet, in most.</param>
    /// <param name="ttl">Seconds.</param>
    /// <param name="rdata">Valid for the type and uncompressed.</param>
    public bool TryWriteRecord(Section section, ReadOnlySpan<byte> owner, RrType type, RecordClass recordClass, uint ttl, ReadOnlySpan<byte> rdata)
    {
        var lengthAt = WriteHead(owner, type.Code, recordClass, ttl);
        WriteRdata(type, rdata);
        return TryKeepRecord(section, lengthAt);
    }

    /// <summary>Writes a record whose data is taken as it is: OPT, TSIG, or an update's empty data.</summary>
    public bool TryWriteRaw(Section section, ReadOnlySpan<byte> owner, ushort type, RecordClass recordClass, uint ttl, ReadOnlySpan<byte> rdata)
    {
        var lengthAt = WriteHead(owner, type, recordClass, ttl);
        wire.WriteOctets(rdata);
        return TryKeepRecord(section, lengthAt);
    }

    /// <summary>Writes an OPT record in the additional section.</summary>
    /// <param name="udpSize">How long an answer over UDP the sender takes.</param>
    /// <param name="version">0.</param>
    /// <param name="isDnssecOk">DO.</param>
    /// <param name="responseCode">Its upper eight bits are taken.</param>
    /// <param name="options">As an <see cref="EdnsOptionWriter"/> writes them.</param>
    public bool TryWriteOpt(ushort udpSize, byte version, bool isDnssecOk, ResponseCode responseCode, ReadOnlySpan<byte> options)
    {
        var ttl = (uint)responseCode >> 4 << 24 | (uint)version << 16 | (isDnssecOk ? DnssecOkBit : 0);
        return TryWriteRaw(Section.Additional, DomainName.Root.Wire, QueryTypes.Opt, (RecordClass)udpSize, ttl, options);
    }

    /// <summary>Takes back everything written after <paramref name="earlier"/>.</summary>
    public void CutBack(MessageMark earlier)
    {
        wire.CutBack(earlier.Position);
        mark = earlier;
    }

    /// <summary>Writes the header, its counts as they came about.</summary>
    /// <param name="id">Of the request.</param>
    /// <param name="flags">The single bits.</param>
    /// <param name="opcode">0 to 15.</param>
    /// <param name="responseCode">Its lower four bits are taken; an OPT record carries the others.</param>
    /// <returns>Octets of the whole message.</returns>
    public int Finish(ushort id, HeaderBits flags, Opcode opcode, ResponseCode responseCode)
    {
        var header = new WireWriter(wire.WrittenForPatching[..Header.Length]);
        new Header(id, flags, opcode, responseCode, questions, mark.Answers, mark.Authorities, mark.Additionals).Write(ref header);
        return wire.Position;
    }

    private int WriteHead(ReadOnlySpan<byte> owner, ushort type, RecordClass recordClass, uint ttl)
    {
        WriteName(owner, exactCase: false);
        var start = wire.Position;
        wire.WriteUInt16(type);
        wire.WriteUInt16((ushort)recordClass);
        wire.WriteUInt32(ttl);
        wire.WriteUInt16(0);
        return start + RecordHeadLength - 2;
    }

    private void WriteRdata(RrType type, ReadOnlySpan<byte> rdata)
    {
        var written = 0;
        if (type.Shape.HasNames)
        {
            Span<NamePlace> places = stackalloc NamePlace[RdataWire.MaxNames];
            foreach (var place in places[..RdataWire.FindNames(type, rdata, places)])
            {
                if (!place.IsCompressed)
                    continue;
                wire.WriteOctets(rdata[written..place.Offset]);
                WriteName(rdata.Slice(place.Offset, place.Length), exactCase: true);
                written = place.Offset + place.Length;
            }
        }
        wire.WriteOctets(rdata[written..]);
    }

    private bool TryKeepRecord(Section section, int lengthAt)
    {
        if (!wire.Overflowed && wire.Position - lengthAt - 2 <= RdataWire.MaxLength)
            wire.PatchUInt16(lengthAt, (ushort)(wire.Position - lengthAt - 2));
        if (!TryKeep())
            return false;
        mark = section switch
        {
            Section.Answer => mark with { Answers = (ushort)(mark.Answers + 1) },
            Section.Authority => mark with { Authorities = (ushort)(mark.Authorities + 1) },
            Section.Additional => mark with { Additionals = (ushort)(mark.Additionals + 1) },
        };
        return true;
    }

    private bool TryKeep()
    {
        if (wire.Overflowed || wire.Room < setAside)
        {
            wire.CutBack(mark.Position);
            return false;
        }
        mark = mark with { Position = wire.Position };
        return true;
    }

    /// <summary>Writes the labels that stand nowhere yet, and a pointer to the rest.</summary>
    private void WriteName(ReadOnlySpan<byte> name, bool exactCase)
    {
        Span<byte> starts = stackalloc byte[name.Length / 2];
        Span<uint> hashes = stackalloc uint[name.Length / 2];
        var labels = HashEnds(name, starts, hashes);
        for (var i = 0; i < labels; i++)
        {
            var end = name[starts[i]..];
            var offset = table.Find(wire.Written, end, hashes[i], exactCase);
            if (offset != 0)
            {
                wire.WriteUInt16((ushort)(PointerBits | offset));
                return;
            }
            if (!wire.Overflowed)
                table.Add(wire.Position, hashes[i]);
            wire.WriteOctets(end[..(end[0] + 1)]);
        }
        wire.WriteByte(0);
    }

    private static int HashEnds(ReadOnlySpan<byte> name, Span<byte> starts, Span<uint> hashes)
    {
        var labels = 0;
        for (var at = 0; name[at] != 0; at += name[at] + 1)
            starts[labels++] = (byte)at;
        var hash = 0x811c9dc5u;
        for (var i = labels - 1; i >= 0; i--)
        {
            hash = CompressionTable.Combine(hash, name.Slice(starts[i], name[starts[i]] + 1));
            hashes[i] = hash;
        }
        return labels;
    }
}
