using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones;

/// <summary>A zone's SOA record as it stands in the authority section of negative answers: one record, and where its pointers are.</summary>
/// <remarks>Written for a question that equals the apex. Source: RFC 2308 §3: its TTL is the lower of its own and MINIMUM.</remarks>
internal sealed class NegativeSection
{
    private readonly byte[] section;
    private readonly ushort[] patches;

    private NegativeSection(ReadOnlySpan<byte> section, ReadOnlySpan<ushort> patches)
    {
        this.section = section.ToArray();
        this.patches = patches.ToArray();
    }

    /// <summary>Octets of the record.</summary>
    public int SectionLength => section.Length;

    /// <summary>Octets of memory.</summary>
    public int Length => section.Length + (2 * patches.Length);

    /// <summary>Copies the record, its pointers moved for a question that is longer than the apex.</summary>
    public void CopySection(Span<byte> output, int growth)
    {
        section.CopyTo(output);
        foreach (var patch in patches)
        {
            var pointer = output.Slice(patch, 2);
            BinaryPrimitives.WriteUInt16BigEndian(pointer, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(pointer) + growth));
        }
    }

    /// <summary>The section of a zone whose SOA is known.</summary>
    public static NegativeSection Of(Zone zone)
    {
        Span<byte> rdata = stackalloc byte[RecordSetView.ScratchLength];
        var output = new WireWriter(rdata);
        RrTypes.Soa.Codec.Write(zone.Soa, ref output);
        var writer = new SectionWriter(NameOctets.MaxLength + StoredSet.RecordHeaderLength + rdata.Length);
        writer.Begin(zone.Apex.Wire, isWildcard: false);
        writer.TryAdd(RrTypes.Soa.Code, zone.NegativeTtl, output.Written);
        return new(writer.Section, writer.Patches);
    }
}
