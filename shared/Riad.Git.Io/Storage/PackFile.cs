using System.Diagnostics.CodeAnalysis;
using Riad.Git.Io.Files;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Storage;

/// <summary>One pack on disk with its index. Safe for many readers at once, also after the files are deleted.</summary>
internal sealed class PackFile
{
    // A window begins at every GiB and is two long, so that an entry of up to one GiB lies whole in some window.
    private const int WindowShift = 30;
    private const int LongestChain = 10_000;
    private const int LargeOctets = 1 << 20; // what was read for an object of this size is not needed again soon
    private const int LengthsOctets = 20;

    [ThreadStatic]
    private static Inflater? threadInflater;

    private readonly MappedFile[] windows;
    private readonly MappedFile indexFile;
    private readonly Lazy<(long[] Starts, int[] Positions)> entryOrder;
    private readonly long length;
    private readonly ContentCache cache;

    private PackFile(string path, MappedFile[] windows, MappedFile indexFile, PackIndex index, ContentCache cache)
    {
        (Path, this.windows, this.indexFile, Index, this.cache) = (path, windows, indexFile, index, cache);
        length = windows[0].FileLength;
        entryOrder = new(SortByOffset);
    }

    private static Inflater Inflater => threadInflater ??= new();

    /// <summary>The path of the pack, ending in <c>.pack</c>.</summary>
    public string Path { get; }

    public PackIndex Index { get; }

    public long Octets => length;

    /// <summary>Opens a pack and its index.</summary>
    /// <returns>False when a file is gone, or is not what its name says.</returns>
    public static bool TryOpen(string path, ContentCache cache, [NotNullWhen(true)] out PackFile? pack)
    {
        pack = null;
        try
        {
            var indexOctets = new MappedFile(System.IO.Path.ChangeExtension(path, ".idx"));
            if (!PackIndex.TryOpen(indexOctets.Memory, out var index))
                return false;
            var first = new MappedFile(path);
            if (first.FileLength < PackReceiver.HeaderOctets + ObjectId.OctetCount || !first.GetSpan().StartsWith("PACK"u8))
                return false;
            var mapped = new MappedFile[((first.FileLength - 1) >> WindowShift) + 1];
            mapped[0] = first;
            for (var window = 1; window < mapped.Length; window++)
                mapped[window] = new(path, (long)window << WindowShift);
            pack = new(path, mapped, indexOctets, index, cache);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        (kind, content) = (default, default);
        if (!Index.TryFind(id, out var position))
            return false;
        var chain = new Stack<(long Offset, PackEntryHeader Header)>();
        var offset = Index.OffsetAt(position);
        while (!cache.TryGet(this, offset, out kind, out content))
        {
            var header = ReadHeader(offset);
            if (!header.IsDelta)
            {
                (kind, content) = ((ObjectKind)header.Kind, Inflate(offset, header));
                break;
            }
            chain.Push((offset, header));
            if (chain.Count > LongestChain)
                throw Damaged(offset);
            offset = BaseOffset(offset, header);
        }
        while (chain.TryPop(out var next))
        {
            cache.Add(this, offset, kind, content);
            var below = content;
            content = Apply(below, next.Offset, Inflate(next.Offset, next.Header));
            LargeContent.Forget(below);
            offset = next.Offset;
        }
        GC.KeepAlive(this);
        return true;
    }

    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        (kind, octets) = (default, 0);
        if (!Index.TryFind(id, out var position))
            return false;
        var offset = Index.OffsetAt(position);
        var header = ReadHeader(offset);
        octets = header.IsDelta ? ResultOctets(offset, header) : header.Octets;
        for (var steps = 0; header.IsDelta; steps++)
        {
            if (steps > LongestChain)
                throw Damaged(offset);
            offset = BaseOffset(offset, header);
            header = ReadHeader(offset);
        }
        kind = (ObjectKind)header.Kind;
        GC.KeepAlive(this);
        return true;
    }

    public bool TryReadStored(ObjectId id, out StoredObject stored)
    {
        stored = default;
        if (!Index.TryFind(id, out var position))
            return false;
        var offset = Index.OffsetAt(position);
        var header = ReadHeader(offset);
        var (starts, positions) = entryOrder.Value;
        var place = Array.BinarySearch(starts, offset);
        var end = place + 1 < starts.Length ? starts[place + 1] : length - ObjectId.OctetCount;
        var compressed = Window(offset)[header.HeaderOctets..checked((int)(end - offset))];
        var baseId = header.Kind switch
        {
            PackEntryKind.OffsetDelta => Array.BinarySearch(starts, offset - header.BaseDistance) is >= 0 and var basePlace ? Index.IdAt(positions[basePlace]) : throw Damaged(offset),
            PackEntryKind.ReferenceDelta => header.BaseId,
            PackEntryKind.Commit or PackEntryKind.Tree or PackEntryKind.Blob or PackEntryKind.Tag => ObjectId.Zero,
        };
        stored = new(header.IsDelta ? default : (ObjectKind)header.Kind, baseId, header.Octets, compressed);
        GC.KeepAlive(this);
        return true;
    }

    private (long[] Starts, int[] Positions) SortByOffset()
    {
        var (starts, positions) = (new long[Index.Count], new int[Index.Count]);
        for (var position = 0; position < starts.Length; position++)
            (starts[position], positions[position]) = (Index.OffsetAt(position), position);
        Array.Sort(starts, positions);
        GC.KeepAlive(indexFile);
        return (starts, positions);
    }

    private ReadOnlyMemory<byte> Window(long offset)
    {
        if (offset < PackReceiver.HeaderOctets || offset >= length - ObjectId.OctetCount)
            throw Damaged(offset);
        var window = (int)(offset >> WindowShift);
        return windows[window].Memory[(int)(offset - ((long)window << WindowShift))..];
    }

    private PackEntryHeader ReadHeader(long offset) =>
        PackEntryHeader.TryRead(Window(offset).Span, out var header) && header.Octets <= int.MaxValue ? header : throw Damaged(offset);

    private byte[] Inflate(long offset, PackEntryHeader header)
    {
        var content = GC.AllocateUninitializedArray<byte>((int)header.Octets);
        if (!Inflater.TryInflate(Window(offset)[header.HeaderOctets..].Span, content, out _, out _))
            throw Damaged(offset);
        if (content.Length >= LargeOctets)
            windows[(int)(offset >> WindowShift)].Forget();
        return content;
    }

    private byte[] Apply(ReadOnlyMemory<byte> content, long offset, byte[] delta)
    {
        if (!Delta.TryReadLengths(delta, out _, out var octets, out _) || octets > int.MaxValue)
            throw Damaged(offset);
        var result = GC.AllocateUninitializedArray<byte>((int)octets);
        return Delta.TryApply(content.Span, delta, result) ? result : throw Damaged(offset);
    }

    private long ResultOctets(long offset, PackEntryHeader header) =>
        Delta.TryReadLengths(Inflate(offset, header).AsSpan() is var delta && delta.Length > LengthsOctets ? delta[..LengthsOctets] : delta, out _, out var octets, out _) ? octets : throw Damaged(offset);

    private long BaseOffset(long offset, PackEntryHeader header)
    {
        if (header.Kind is PackEntryKind.OffsetDelta)
            return offset - header.BaseDistance;
        return Index.TryFind(header.BaseId, out var position) ? Index.OffsetAt(position) : throw Damaged(offset);
    }

    private RepositoryDamagedException Damaged(long offset) => new($"{Path} is damaged at octet {offset}; 'git fsck' tells more");
}
