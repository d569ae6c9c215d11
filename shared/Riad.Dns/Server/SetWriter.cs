using System.Buffers.Binary;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>Writes stored sets into a message, names compressed anew.</summary>
internal static class SetWriter
{
    /// <summary>Writes a set under a name that may not be the one it is stored under.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="section">Not before the section of the record before.</param>
    /// <param name="owner">Uncompressed.</param>
    /// <param name="set">Whole or not at all: a set is never split.</param>
    /// <param name="scratch">At least <see cref="RecordSetView.ScratchLength"/> octets.</param>
    /// <returns>False, and nothing written, when it does not fit.</returns>
    public static bool TryWrite(ref MessageWriter writer, Section section, ReadOnlySpan<byte> owner, RecordSetView set, Span<byte> scratch)
    {
        var before = writer.Mark;
        foreach (var rdata in set.Rdatas(scratch))
        {
            if (TryWrite(ref writer, section, owner, set.Type, set.TtlOf(rdata), rdata))
                continue;
            writer.CutBack(before);
            return false;
        }
        return true;
    }

    /// <summary>Writes the signatures of a set.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="section">That of the set.</param>
    /// <param name="owner">As the set's was written.</param>
    /// <param name="node">Holds the set; a set without signatures is none of the zone's own.</param>
    /// <param name="type">The set's.</param>
    /// <param name="ttl">As the set's was written.</param>
    /// <returns>False, and nothing written, when they do not fit.</returns>
    /// <remarks>Source: RFC 4035 §3.1.1.</remarks>
    public static bool TryWriteSignatures(ref MessageWriter writer, Section section, ReadOnlySpan<byte> owner, ZoneNode node, ushort type, uint ttl)
    {
        if (!node.TryFind(SignatureTtl.Type, out var signatures))
            return true;
        var before = writer.Mark;
        foreach (var rdata in signatures.Rdatas(default))
        {
            var isOfSet = BinaryPrimitives.ReadUInt16BigEndian(rdata) == type;
            if (!isOfSet || TryWrite(ref writer, section, owner, SignatureTtl.Type, ttl, rdata))
                continue;
            writer.CutBack(before);
            return false;
        }
        return true;
    }

    /// <summary>Writes one record.</summary>
    public static bool TryWrite(ref MessageWriter writer, Section section, ReadOnlySpan<byte> owner, ushort type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        if (Compressible(type) is { } known)
            return writer.TryWriteRecord(section, owner, known, RecordClass.Internet, ttl, rdata);
        return writer.TryWriteRaw(section, owner, type, RecordClass.Internet, ttl, rdata);
    }

    /// <summary>The types whose data may be compressed, and are still in use (RFC 3597 §4).</summary>
    private static RrType? Compressible(ushort type) => type switch
    {
        2 => RrTypes.Ns,
        5 => RrTypes.Cname,
        6 => RrTypes.Soa,
        12 => RrTypes.Ptr,
        15 => RrTypes.Mx,
        _ => null,
    };
}
