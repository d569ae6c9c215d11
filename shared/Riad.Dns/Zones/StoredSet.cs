using System.Buffers.Binary;

namespace Riad.Dns.Zones;

/// <summary>The records of one name and type as a zone stores them: the octets of an answer section, ready to be copied.</summary>
/// <remarks>
/// Layout: type (2), count (2), length of the section and number of patches (3 + 1), the patches (2 each), the section;
/// numbers before the section are little-endian. Every record's owner is a pointer to the question (c0 0c), and names in
/// the data end in pointers into the question, for a question that equals the owner. When the question is longer (a
/// wildcard, a referral), the question has grown at its front, so every pointer must grow by the difference: the patches
/// say where they are. Wildcards and referrals have patches; other sets need none.
/// </remarks>
internal readonly ref struct StoredSet(ReadOnlySpan<byte> octets)
{
    /// <summary>In place of a type: the set is a prepared referral, which repeats records.</summary>
    public const ushort PreparedReferral = 0;

    /// <summary>Octets before the patches.</summary>
    public const int HeaderLength = 8;

    /// <summary>The longest section: it must fit into a message.</summary>
    public const int MaxSectionLength = 65_535 - 12 - 255 - 4;

    /// <summary>The most patches; a set that needs more is never used with a longer question without being written anew.</summary>
    public const int MaxPatches = byte.MaxValue - 1;

    /// <summary>In place of the number of patches: there would be too many.</summary>
    public const int Unpatchable = byte.MaxValue;

    /// <summary>Octets of a record before its data: pointer, type, class, TTL, length.</summary>
    public const int RecordHeaderLength = 12;

    private readonly ReadOnlySpan<byte> octets = octets;

    /// <summary>True when this is no set: a name does not hold the type.</summary>
    public bool IsNone => octets.IsEmpty;

    /// <summary>The record type; 0 for a prepared referral.</summary>
    public ushort Type => BinaryPrimitives.ReadUInt16LittleEndian(octets);

    /// <summary>How many records. In a prepared referral: name servers in the low octet, glue records in the high one.</summary>
    public ushort Count => BinaryPrimitives.ReadUInt16LittleEndian(octets[2..]);

    /// <summary>True when a longer question cannot use the section.</summary>
    public bool IsUnpatchable => octets[7] == Unpatchable;

    /// <summary>Where pointers stand, in octets from the start of the section; 2 octets each, little-endian.</summary>
    public ReadOnlySpan<byte> Patches => octets.Slice(HeaderLength, PatchesLength);

    /// <summary>The records as they stand in a message.</summary>
    public ReadOnlySpan<byte> Section => octets.Slice(HeaderLength + PatchesLength, SectionLength);

    /// <summary>Seconds; the same for all records.</summary>
    public uint Ttl => BinaryPrimitives.ReadUInt32BigEndian(Section[6..]);

    /// <summary>Octets that the set takes.</summary>
    public int StoredLength => HeaderLength + PatchesLength + SectionLength;

    /// <summary>The octets of the set and no more.</summary>
    public ReadOnlySpan<byte> Stored => octets[..StoredLength];

    private int SectionLength => (int)(BinaryPrimitives.ReadUInt32LittleEndian(octets[4..]) & 0xff_ffff);

    private int PatchesLength => octets[7] == Unpatchable ? 0 : octets[7] * 2;

    /// <summary>Copies the section to where it belongs, and moves its pointers for a question that is longer than the owner.</summary>
    /// <param name="output">At least as long as the section.</param>
    /// <param name="growth">By how many octets the question is longer.</param>
    public void CopySection(Span<byte> output, int growth)
    {
        Section.CopyTo(output);
        if (growth == 0)
            return;
        for (var patches = Patches; patches.Length >= 2; patches = patches[2..])
        {
            var pointer = output.Slice(BinaryPrimitives.ReadUInt16LittleEndian(patches), 2);
            BinaryPrimitives.WriteUInt16BigEndian(pointer, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(pointer) + growth));
        }
    }

    /// <summary>Writes a set's header and patches.</summary>
    /// <returns>Octets written: where the section begins.</returns>
    public static int WriteHead(Span<byte> octets, ushort type, ushort count, int sectionLength, ReadOnlySpan<ushort> patches, bool unpatchable)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(octets, type);
        BinaryPrimitives.WriteUInt16LittleEndian(octets[2..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(octets[4..], (uint)sectionLength);
        octets[7] = unpatchable ? (byte)Unpatchable : (byte)patches.Length;
        var at = HeaderLength;
        foreach (var patch in unpatchable ? default : patches)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(octets[at..], patch);
            at += 2;
        }
        return at;
    }
}
