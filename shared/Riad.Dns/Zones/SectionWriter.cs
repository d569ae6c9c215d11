using System.Buffers.Binary;
using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>Writes the section of a <see cref="StoredSet"/>: records whose names are compressed against the question and against each other.</summary>
/// <remarks>Reused for set after set. Names are only compressed where the octets are the same, so that case is not lost.</remarks>
internal sealed class SectionWriter
{
    private const int QuestionOffset = 12;
    private const int PointerBits = 0xc000;
    private const int MaxPointer = 0x3fff - NameOctets.MaxLength; // the question may turn out longer
    private const int MaxSuffixes = 64;
    private const ushort InternetClass = 1;

    private const int FirstLength = 1 << 10;

    private readonly int maxLength;
    private readonly ushort[] patches = new ushort[StoredSet.MaxPatches];
    private readonly byte[] owner = new byte[NameOctets.MaxLength];
    private readonly bool[] labelStarts = new bool[NameOctets.MaxLength];
    private readonly (int Offset, int Length, int Position)[] suffixes = new (int, int, int)[MaxSuffixes];
    private byte[] octets;
    private byte[] suffixOctets = new byte[FirstLength];
    private int ownerLength;
    private int firstSharedLabel;
    private int length;
    private int patchCount;
    private int suffixCount;
    private int suffixOctetCount;

    /// <summary>For sections up to a length; space is made as it is needed.</summary>
    public SectionWriter(int maxLength) => (this.maxLength, octets) = (maxLength, new byte[Math.Min(maxLength, FirstLength)]);

    /// <summary>The records written.</summary>
    public ReadOnlySpan<byte> Section => octets.AsSpan(0, length);

    /// <summary>Where pointers stand.</summary>
    public ReadOnlySpan<ushort> Patches => patches.AsSpan(0, patchCount);

    /// <summary>True when there were more pointers than can be listed.</summary>
    public bool IsUnpatchable { get; private set; }

    /// <summary>Begins a section for questions that end in a name.</summary>
    /// <param name="name">The owner, uncompressed.</param>
    /// <param name="isWildcard">True when its first label will not be in the question.</param>
    public void Begin(ReadOnlySpan<byte> name, bool isWildcard)
    {
        name.CopyTo(owner);
        ownerLength = name.Length;
        firstSharedLabel = isWildcard ? name[0] + 1 : 0;
        labelStarts.AsSpan().Clear();
        for (var at = 0; name[at] != 0; at += name[at] + 1)
            labelStarts[at] = at >= firstSharedLabel;
        (length, patchCount, suffixCount, suffixOctetCount, IsUnpatchable) = (0, 0, 0, 0, false);
    }

    /// <summary>Adds a record of the owner.</summary>
    /// <returns>False, and nothing is added, when no message could hold the section with it.</returns>
    public bool TryAdd(ushort type, uint ttl, ReadOnlySpan<byte> rdata) =>
        TryAdd(owner.AsSpan(0, ownerLength), isOwner: true, type, ttl, rdata);

    /// <summary>Adds a record of another name: glue.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name, ushort type, uint ttl, ReadOnlySpan<byte> rdata) =>
        TryAdd(name, isOwner: false, type, ttl, rdata);

    private bool TryAdd(ReadOnlySpan<byte> name, bool isOwner, ushort type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        var end = length + (isOwner ? 0 : name.Length) + StoredSet.RecordHeaderLength + rdata.Length;
        if (end > maxLength)
            return false;
        if (end > octets.Length)
            Array.Resize(ref octets, Math.Clamp(octets.Length * 2, end, maxLength));
        if (isOwner)
            WriteOwnerPointer();
        else
            WriteName(name);
        var head = octets.AsSpan(length, StoredSet.RecordHeaderLength - 2);
        BinaryPrimitives.WriteUInt16BigEndian(head, type);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], InternetClass);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], ttl);
        length += head.Length;
        var start = length;
        WriteRdata(CompressibleNames.Of(type), rdata);
        BinaryPrimitives.WriteUInt16BigEndian(head[8..], (ushort)(length - start));
        return true;
    }

    /// <summary>The owner of a wildcard's record is the whole question, however long; otherwise the question's end.</summary>
    private void WriteOwnerPointer()
    {
        if (firstSharedLabel == 0)
        {
            WritePointer(QuestionOffset);
            return;
        }
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(length), PointerBits | QuestionOffset);
        length += 2;
    }

    private void WriteRdata(CompressibleNames names, ReadOnlySpan<byte> rdata)
    {
        var at = names.Offset;
        rdata[..at].CopyTo(octets.AsSpan(length));
        length += at;
        for (var name = 0; name < names.Count; name++)
        {
            if (!NameOctets.TryMeasure(rdata[at..], out var nameLength))
                throw new ArgumentException("the record data holds no valid name where its type says there is one", nameof(rdata));
            WriteName(rdata.Slice(at, nameLength));
            at += nameLength;
        }
        rdata[at..].CopyTo(octets.AsSpan(length));
        length += rdata.Length - at;
    }

    private void WriteName(ReadOnlySpan<byte> name)
    {
        for (var at = 0; name[at] != 0; at += name[at] + 1)
        {
            var target = FindSuffix(name[at..]);
            if (target > 0)
            {
                WritePointer(target);
                return;
            }
            Remember(name[at..]);
            name.Slice(at, name[at] + 1).CopyTo(octets.AsSpan(length));
            length += name[at] + 1;
        }
        octets[length++] = 0;
    }

    private int FindSuffix(ReadOnlySpan<byte> suffix)
    {
        var inOwner = ownerLength - suffix.Length;
        if (inOwner >= 0 && labelStarts[inOwner] && owner.AsSpan(inOwner, suffix.Length).SequenceEqual(suffix))
            return QuestionOffset + inOwner;
        foreach (var known in suffixes.AsSpan(0, suffixCount))
        {
            if (known.Length == suffix.Length && suffixOctets.AsSpan(known.Offset, known.Length).SequenceEqual(suffix))
                return QuestionOffset + ownerLength + 4 + known.Position;
        }
        return 0;
    }

    private void Remember(ReadOnlySpan<byte> suffix)
    {
        if (suffixCount == MaxSuffixes || QuestionOffset + ownerLength + 4 + length > MaxPointer)
            return;
        if (suffixOctetCount + suffix.Length > suffixOctets.Length)
            Array.Resize(ref suffixOctets, suffixOctets.Length * 2);
        suffix.CopyTo(suffixOctets.AsSpan(suffixOctetCount));
        suffixes[suffixCount++] = (suffixOctetCount, suffix.Length, length);
        suffixOctetCount += suffix.Length;
    }

    private void WritePointer(int target)
    {
        if (patchCount == patches.Length)
            IsUnpatchable = true;
        else
            patches[patchCount++] = (ushort)length;
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(length), (ushort)(PointerBits | target));
        length += 2;
    }
}
