using System.Buffers.Binary;
using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>What a <see cref="PackWriter"/> may do besides copying.</summary>
public sealed record PackWriterOptions
{
    /// <summary>Objects that the reader of the pack has: deltas on them are sent as they are (a thin pack).</summary>
    public IReadOnlySet<ObjectId> ThinBases { get; init; } = new HashSet<ObjectId>();

    /// <summary>For an object that is stored whole, an earlier version of it to make a delta on.</summary>
    public IReadOnlyDictionary<ObjectId, ObjectId> EarlierVersions { get; init; } = new Dictionary<ObjectId, ObjectId>();

    /// <summary>Deltas on deltas; a longer chain is made anew. 0 leaves chains as they are.</summary>
    public int DeltaDepth { get; init; }

    /// <summary>Refer to bases by distance, which every git since 1.4.4 reads, instead of by id.</summary>
    public bool UseOffsets { get; init; } = true;
}

/// <summary>Writes a pack, copying what is compressed already.</summary>
/// <remarks>
/// Engine of the mutable kind, used once; deterministic. The octets come out piece by piece, so that a driver can send them as
/// fast as they are taken, and nothing but one object is in memory. Source: gitformat-pack(5).
/// </remarks>
public sealed class PackWriter(IPackSource source, PackWriterOptions options) : IDisposable
{
    private const int ShortestWorthADelta = 64;

    private readonly ObjectHash hash = new();
    private readonly List<PackIndexEntry> entries = [];
    private readonly Dictionary<ObjectId, Written> written = [];
    private long offset;

    /// <summary>For the index; complete when <see cref="Write"/> has come to its end.</summary>
    public IReadOnlyList<PackIndexEntry> Entries => entries;

    /// <summary>What the pack ends with, when <see cref="Write"/> has come to its end.</summary>
    public ObjectId Checksum { get; private set; }

    /// <summary>Writes the objects.</summary>
    /// <param name="ids">Which; without repetition. Bases come out before their deltas, otherwise this order is kept.</param>
    /// <returns>Pieces of the pack, each valid until the next is asked for.</returns>
    /// <exception cref="KeyNotFoundException">An object is not in the store.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Write(IReadOnlyCollection<ObjectId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var chosen = ids as IReadOnlySet<ObjectId> ?? ids.ToHashSet();
        var header = new byte[PackReceiver.HeaderOctets];
        "PACK"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), ids.Count);
        yield return Count(header);
        foreach (var id in ids)
        {
            foreach (var next in InOrder(id, chosen))
            {
                var (entry, compressed) = Encode(next, chosen);
                var start = offset;
                var head = new byte[PackEntryHeader.LongestHeader];
                var headOctets = entry.Write(head);
                var checksum = Checksums.Crc32Of(head.AsSpan(0, headOctets), compressed.Span);
                yield return Count(head.AsMemory(0, headOctets));
                yield return Count(compressed);
                entries.Add(new(next, start, checksum));
            }
        }
        Checksum = hash.Finish();
        var trailer = new byte[ObjectId.OctetCount];
        Checksum.WriteTo(trailer);
        yield return trailer;
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private ReadOnlyMemory<byte> Count(ReadOnlyMemory<byte> piece)
    {
        hash.Append(piece.Span);
        offset += piece.Length;
        return piece;
    }

    /// <summary>An object after the bases that it will need, unless they are out already.</summary>
    private Stack<ObjectId> InOrder(ObjectId id, IReadOnlySet<ObjectId> chosen)
    {
        var chain = new Stack<ObjectId>();
        var seen = new HashSet<ObjectId>();
        while (!written.ContainsKey(id) && seen.Add(id))
        {
            chain.Push(id);
            var next = BaseOf(id);
            if (next.IsZero || !chosen.Contains(next))
                break;
            id = next;
        }
        return chain;
    }

    private ObjectId BaseOf(ObjectId id)
    {
        if (source.TryReadStored(id, out var stored) && stored.IsDelta)
            return stored.Base;
        return options.EarlierVersions.GetValueOrDefault(id);
    }

    private (PackEntryHeader Header, ReadOnlyMemory<byte> Compressed) Encode(ObjectId id, IReadOnlySet<ObjectId> chosen)
    {
        var isStored = source.TryReadStored(id, out var stored);
        if (isStored && stored.IsDelta && CanCopyDelta(stored.Base, chosen))
            return (OnBase(id, stored.Base, stored.Octets), stored.Compressed);
        if (TryEarlier(id, stored, out var earlier) && TryMakeDelta(id, earlier, out var made))
            return made;
        written[id] = new(offset, 0, default);
        if (isStored && !stored.IsDelta)
            return (new((PackEntryKind)stored.Kind, stored.Octets, 0, default, 0), stored.Compressed);
        if (!source.TryRead(id, out var kind, out var content))
            throw new KeyNotFoundException($"object {id} is missing from the repository");
        return (new((PackEntryKind)kind, content.Length, 0, default, 0), Compression.Compress(content.Span));
    }

    private bool CanCopyDelta(ObjectId baseId, IReadOnlySet<ObjectId> chosen)
    {
        if (!chosen.Contains(baseId))
            return options.ThinBases.Contains(baseId);
        // A base that is not out yet is being written because of this one: the packs of a store may form a circle.
        return written.TryGetValue(baseId, out var known) && (options.DeltaDepth == 0 || known.Depth < options.DeltaDepth);
    }

    /// <summary>Finds what to make a delta on: the suggested version, or when the chain is too long, one further up.</summary>
    private bool TryEarlier(ObjectId id, StoredObject stored, out ObjectId earlier)
    {
        earlier = stored.IsDelta ? stored.Base : options.EarlierVersions.GetValueOrDefault(id);
        if (earlier.IsZero || !written.TryGetValue(earlier, out var place))
            return false;
        if (options.DeltaDepth == 0)
            return !stored.IsDelta;
        if (place.Depth < options.DeltaDepth)
            return true;
        while (place.Depth > options.DeltaDepth / 8)
            (earlier, place) = (place.Base, written[place.Base]);
        return true;
    }

    private bool TryMakeDelta(ObjectId id, ObjectId earlier, out (PackEntryHeader, ReadOnlyMemory<byte>) made)
    {
        made = default;
        if (!source.TryRead(id, out var kind, out var content) || content.Length < ShortestWorthADelta)
            return false;
        if (!source.TryRead(earlier, out var earlierKind, out var earlierContent) || earlierKind != kind)
            return false;
        if (!DeltaWriter.TryCreate(earlierContent.Span, content.Span, content.Length / 4, out var delta))
            return false;
        made = (OnBase(id, earlier, delta.Length), Compression.Compress(delta.Span));
        return true;
    }

    private PackEntryHeader OnBase(ObjectId id, ObjectId baseId, long octets)
    {
        if (!written.TryGetValue(baseId, out var place))
        {
            written[id] = new(offset, 1, baseId);
            return new(PackEntryKind.ReferenceDelta, octets, 0, baseId, 0);
        }
        written[id] = new(offset, place.Depth + 1, baseId);
        return options.UseOffsets
            ? new(PackEntryKind.OffsetDelta, octets, offset - place.Offset, default, 0)
            : new(PackEntryKind.ReferenceDelta, octets, 0, baseId, 0);
    }

    private readonly record struct Written(long Offset, int Depth, ObjectId Base);
}
