using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>Reads a pack from outside: unpacks every object, names it, and checks it.</summary>
/// <remarks>
/// Engine of the mutable kind, used once: the same octets, store and limits give the same answer. Memory is bounded by the
/// limits, not by what the pack declares. Source: gitformat-pack(5).
/// </remarks>
public sealed class PackReceiver : IDisposable
{
    /// <summary>What stands before the first entry: "PACK", the version, how many objects.</summary>
    public const int HeaderOctets = 12;

    // A header of one octet and the shortest zlib stream.
    private const int ShortestEntry = 9;
    private const int LargestKeptDelta = 4096;
    private const int SmallestKept = 1 << 20;

    private readonly ReadOnlyMemory<byte> pack;
    private readonly IObjectStore existing;
    private readonly PackLimits limits;
    private readonly Inflater inflater = new();
    private readonly ObjectHash hash = new();
    private readonly List<PackedItem> items = [];
    private readonly Dictionary<ObjectId, int> byId = [];
    private readonly Dictionary<ObjectId, KeptContent> kept = [];
    private byte[] scratch = [];
    private long keptOctets;
    private long unpacked;
    private PackError error;

    private PackReceiver(ReadOnlyMemory<byte> pack, IObjectStore existing, PackLimits limits) => (this.pack, this.existing, this.limits) = (pack, existing, limits);

    /// <summary>Reads a whole pack.</summary>
    /// <param name="pack">The pack and nothing after it.</param>
    /// <param name="existing">The repository: for the bases of a thin pack, and to compare objects that exist already.</param>
    /// <param name="limits">What the pack may cost.</param>
    /// <param name="received">Null when false is returned.</param>
    /// <param name="error">The first fault.</param>
    public static bool TryReceive(ReadOnlyMemory<byte> pack, IObjectStore existing, PackLimits limits, [NotNullWhen(true)] out ReceivedPack? received, out PackError error)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(limits);
        using var receiver = new PackReceiver(pack, existing, limits);
        received = receiver.Receive();
        error = receiver.error;
        return received is not null;
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    internal IReadOnlyList<PackedItem> Items => items;

    internal IObjectStore Existing => existing;

    internal PackLimits Limits => limits;

    private ReceivedPack? Receive()
    {
        if (!TryReadHeader(out var count) || !TryReadEntries(count, out var end) || !TryReadTrailer(end, out var checksum))
            return null;
        var resolver = new DeltaResolver(this);
        if (!resolver.TryResolve(out var missingBases))
            return null;
        var objects = ImmutableArray.CreateBuilder<ReceivedObject>(items.Count);
        foreach (var item in items)
            objects.Add(new(item.Id, item.ObjectKind, item.ContentOctets, item.Offset, item.EntryOctets, item.Checksum));
        return new(objects.MoveToImmutable(), missingBases, checksum) { Kept = kept };
    }

    private bool TryReadHeader(out int count)
    {
        count = 0;
        var span = pack.Span;
        if (span.Length < HeaderOctets)
            return Fail(new(PackFault.Truncated, span.Length));
        if (!span.StartsWith("PACK"u8) || BinaryPrimitives.ReadUInt32BigEndian(span[4..]) != 2)
            return Fail(new(PackFault.BadHeader, 0));
        var declared = BinaryPrimitives.ReadUInt32BigEndian(span[8..]);
        if (declared > limits.Objects)
            return Fail(new(PackFault.TooManyObjects, 8));
        count = (int)declared;
        // Nothing is allocated for objects that cannot be there.
        return (long)count * ShortestEntry <= span.Length || Fail(new(PackFault.Truncated, span.Length));
    }

    private bool TryReadEntries(int count, out int offset)
    {
        offset = HeaderOctets;
        for (var index = 0; index < count; index++)
        {
            if (!TryReadEntry(index, ref offset))
                return false;
        }
        return true;
    }

    private bool TryReadEntry(int index, ref int offset)
    {
        var span = pack.Span[offset..];
        if (!PackEntryHeader.TryRead(span, out var header))
            return Fail(new(span.Length < PackEntryHeader.LongestHeader ? PackFault.Truncated : PackFault.BadEntry, offset));
        if (!TryInflate(header, offset, out var content, out var consumed))
            return false;
        var item = new PackedItem
        {
            Kind = header.Kind,
            BaseId = header.BaseId,
            Offset = offset,
            EntryOctets = header.HeaderOctets + consumed,
            DataOffset = offset + header.HeaderOctets,
            DataOctets = (int)header.Octets,
            Checksum = Checksums.Crc32(span[..(header.HeaderOctets + consumed)]),
        };
        if (header.Kind is PackEntryKind.OffsetDelta)
        {
            item.BaseIndex = FindBase(offset - header.BaseDistance);
            if (item.BaseIndex < 0)
                return Fail(new(PackFault.MissingBase, offset));
        }
        if (header.IsDelta && content.Length <= LargestKeptDelta)
            item.KeptDelta = content.ToArray();
        items.Add(item);
        offset += item.EntryOctets;
        if (header.IsDelta)
            return true;
        if (!TryName(index, (ObjectKind)header.Kind, content))
            return false;
        if (TryKeep(item.Id, item.ObjectKind, scratch.AsMemory(0, content.Length)))
            scratch = [];
        return true;
    }

    private bool TryInflate(PackEntryHeader header, int offset, out ReadOnlySpan<byte> content, out int consumed)
    {
        content = default;
        consumed = 0;
        if (!TrySpend(header.Octets, offset))
            return false;
        if (scratch.Length < header.Octets)
            scratch = GC.AllocateUninitializedArray<byte>((int)Math.Min(limits.ObjectOctets, Math.Max(header.Octets, 2L * scratch.Length)));
        var output = scratch.AsSpan(0, (int)header.Octets);
        content = output;
        return inflater.TryInflate(pack.Span[(offset + header.HeaderOctets)..], output, out consumed, out var fault)
            || Fail(new(fault is InflateFault.Truncated ? PackFault.Truncated : PackFault.BadCompression, offset));
    }

    private int FindBase(long offset)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (items[middle].Offset < offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low < items.Count && items[low].Offset == offset ? low : -1;
    }

    private bool TryReadTrailer(int end, out ObjectId checksum)
    {
        checksum = default;
        var span = pack.Span;
        if (span.Length - end < ObjectId.OctetCount)
            return Fail(new(PackFault.Truncated, span.Length));
        if (span.Length - end > ObjectId.OctetCount)
            return Fail(new(PackFault.TrailingOctets, end + ObjectId.OctetCount));
        checksum = ObjectId.FromOctets(span[end..]);
        hash.Append(span[..end]);
        return hash.Finish() == checksum || Fail(new(PackFault.WrongChecksum, end));
    }

    /// <summary>Names an unpacked object and checks it.</summary>
    internal bool TryName(int index, ObjectKind kind, ReadOnlySpan<byte> content)
    {
        var item = items[index];
        item.Id = hash.ComputeNext(kind, content);
        item.ObjectKind = kind;
        item.ContentOctets = content.Length;
        if (!byId.TryAdd(item.Id, index))
            return Fail(new(PackFault.DuplicateObject, item.Offset, item.Id));
        if (!ObjectCheck.TryCheck(kind, content, out var fault))
            return Fail(new(PackFault.MalformedObject, item.Offset, item.Id, fault));
        if (existing.TryRead(item.Id, out var knownKind, out var known) && (knownKind != kind || !known.Span.SequenceEqual(content)))
            return Fail(new(PackFault.Collision, item.Offset, item.Id));
        return true;
    }

    /// <summary>Keeps a large content, if there is room for it.</summary>
    internal bool TryKeep(ObjectId id, ObjectKind kind, ReadOnlyMemory<byte> content)
    {
        if (content.Length < SmallestKept || keptOctets + content.Length > limits.KeptOctets || !kept.TryAdd(id, new(kind, content)))
            return false;
        keptOctets += content.Length;
        return true;
    }

    internal bool TryFind(ObjectId id, out int index) => byId.TryGetValue(id, out index);

    /// <summary>Unpacks what an entry holds: an object or a delta.</summary>
    internal bool TryUnpack(PackedItem item, out byte[] content)
    {
        content = [];
        if (!TrySpend(item.DataOctets, item.Offset))
            return false;
        content = GC.AllocateUninitializedArray<byte>(item.DataOctets);
        return inflater.TryInflate(pack.Span[item.DataOffset..], content, out _, out _) || Fail(new(PackFault.BadCompression, item.Offset));
    }

    /// <summary>Counts octets that are about to be unpacked.</summary>
    internal bool TrySpend(long octets, long offset)
    {
        if (octets > limits.ObjectOctets)
            return Fail(new(PackFault.ObjectTooLong, offset));
        unpacked += octets;
        return unpacked <= limits.TotalOctets || Fail(new(PackFault.TooMuchContent, offset));
    }

    internal bool Fail(PackError fault)
    {
        error = fault;
        return false;
    }
}

/// <summary>What is known of an entry while the pack is read.</summary>
internal sealed class PackedItem
{
    public PackEntryKind Kind { get; init; }

    public ObjectId BaseId { get; init; }

    public int BaseIndex { get; set; } = -1;

    public int Offset { get; init; }

    public int EntryOctets { get; init; }

    public int DataOffset { get; init; }

    public int DataOctets { get; init; }

    public uint Checksum { get; init; }

    public byte[]? KeptDelta { get; set; }

    public ObjectId Id { get; set; }

    public ObjectKind ObjectKind { get; set; }

    public long ContentOctets { get; set; }

    public int Depth { get; set; }

    public bool IsDelta => Kind is PackEntryKind.OffsetDelta or PackEntryKind.ReferenceDelta;

    public bool IsNamed => ObjectKind != default;
}
