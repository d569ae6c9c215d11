using System.Buffers.Binary;
using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>The data of the records of one set, uncompressed, to be enumerated with foreach.</summary>
public ref struct RdataSequence
{
    private const int PointerBits = 0xc0;
    private const int QuestionOffset = 12;
    private const int QuestionTailLength = 4; // type and class

    private readonly ReadOnlySpan<byte> relativeName;
    private readonly ReadOnlySpan<byte> apex;
    private readonly Span<byte> scratch;
    private readonly CompressibleNames names;
    private readonly ReadOnlySpan<byte> whole;
    private ReadOnlySpan<byte> section;

    internal RdataSequence(StoredSet set, ReadOnlySpan<byte> relativeName, ReadOnlySpan<byte> apex, Span<byte> scratch)
    {
        this.relativeName = relativeName;
        this.apex = apex;
        this.scratch = scratch;
        names = CompressibleNames.Of(set.Type);
        whole = set.Section;
        section = whole;
    }

    /// <summary>The present data: in the zone's own octets, or in the scratch.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>This value: it enumerates itself.</summary>
    public readonly RdataSequence GetEnumerator() => this;

    /// <summary>Goes to the next record.</summary>
    public bool MoveNext()
    {
        if (section.IsEmpty)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(section[10..]);
        var stored = section.Slice(StoredSet.RecordHeaderLength, length);
        section = section[(StoredSet.RecordHeaderLength + length)..];
        Current = names.Count == 0 ? stored : scratch[..Expand(stored)];
        return true;
    }

    private readonly int Expand(ReadOnlySpan<byte> stored)
    {
        stored[..names.Offset].CopyTo(scratch);
        var (from, to) = (names.Offset, names.Offset);
        for (var name = 0; name < names.Count; name++)
            ExpandName(stored, ref from, ref to);
        stored[from..].CopyTo(scratch[to..]);
        return to + stored.Length - from;
    }

    private readonly void ExpandName(ReadOnlySpan<byte> stored, ref int from, ref int to)
    {
        CopyLabels(stored, ref from, ref to);
        if (stored[from] == 0)
        {
            scratch[to++] = stored[from++];
            return;
        }
        var target = Target(stored, ref from);
        var ownerLength = relativeName.Length + apex.Length;
        while (target >= ownerLength)
        {
            target -= ownerLength + QuestionTailLength; // into a name of an earlier record
            CopyLabels(whole, ref target, ref to);
            if (whole[target] == 0)
            {
                scratch[to++] = 0;
                return;
            }
            target = Target(whole, ref target);
        }
        to += CopyOwnerFrom(target, scratch[to..]);
    }

    private readonly void CopyLabels(ReadOnlySpan<byte> octets, ref int from, ref int to)
    {
        while (octets[from] is > 0 and < PointerBits)
        {
            var length = octets[from] + 1;
            octets.Slice(from, length).CopyTo(scratch[to..]);
            from += length;
            to += length;
        }
    }

    /// <summary>Where a pointer points, in octets from the start of the question's name.</summary>
    private static int Target(ReadOnlySpan<byte> octets, ref int at)
    {
        at += 2;
        return (BinaryPrimitives.ReadUInt16BigEndian(octets[(at - 2)..]) & 0x3fff) - QuestionOffset;
    }

    /// <summary>The rest of the owner, which stands where the question would.</summary>
    private readonly int CopyOwnerFrom(int offset, Span<byte> output)
    {
        var relative = offset < relativeName.Length ? relativeName[offset..] : default;
        var absolute = offset < relativeName.Length ? apex : apex[(offset - relativeName.Length)..];
        relative.CopyTo(output);
        absolute.CopyTo(output[relative.Length..]);
        return relative.Length + absolute.Length;
    }
}
