namespace Riad.Dns.Zones;

/// <summary>Octets appended to large arrays, found again by a 32-bit place: what a zone is stored in.</summary>
/// <remarks>
/// Places are a chunk's index and an offset in steps of four. Chunks grow from small to large, so that a thousand small
/// zones and one large zone both waste little, and nothing is copied while growing. An entry may be longer than a chunk:
/// then its chunk is as long as the entry.
/// </remarks>
internal sealed class OctetChunks
{
    private const int OffsetBits = 21;
    private const int Step = 4;
    private const uint OffsetMask = (1u << OffsetBits) - 1;
    private const int FirstChunkLength = 1 << 12;
    private const int MaxChunkLength = (1 << (OffsetBits + 2)) - 64; // with its header less than a power of two, so that four fill a region of the heap
    private const int MaxChunks = 1 << (32 - OffsetBits);
    private const int MinTailLength = 1 << 12;
    private const int MaxTailLength = 1 << 16;
    private const int MinDead = 1 << 20;
    private const int PinnedLength = 1 << 17; // from this length on, a chunk that stays is never moved

    private readonly bool stays;

    private byte[][] chunks = new byte[1][];
    private int[] ends = new int[1]; // of what was appended to each chunk
    private int[] dead = new int[1]; // octets of each chunk that no name is stored in any more
    private int count;
    private int used;
    private int nextLength;
    private long length;
    private long deadLength;

    /// <summary>Starts with the place 0 taken, so that 0 can mean "none".</summary>
    /// <param name="stays">True for octets that are kept: large chunks are allocated where no collection spends time on moving them.</param>
    /// <param name="expected">About how many octets there will be. Chunks of many sizes would leave gaps when the next version takes their place.</param>
    public OctetChunks(bool stays, long expected = 0)
    {
        this.stays = stays;
        nextLength = expected >= MaxChunkLength ? MaxChunkLength : FirstChunkLength;
        Append(Step, out _);
    }

    private OctetChunks(OctetChunks old)
    {
        (chunks, ends, dead) = (old.chunks.AsSpan().ToArray(), old.ends.AsSpan().ToArray(), old.dead.AsSpan().ToArray());
        (count, used, deadLength, length) = (old.count, old.chunks[old.count - 1].Length, old.deadLength, old.length);
        nextLength = (int)Math.Clamp(length / 16, MinTailLength, MaxTailLength);
        if (used >= nextLength)
            return;
        var tail = GC.AllocateUninitializedArray<byte>(nextLength);
        chunks[count - 1].CopyTo(tail, 0);
        (chunks[count - 1], used) = (tail, ends[count - 1]);
    }

    /// <summary>These octets, to be appended to: every chunk is shared but a short last one, which is copied.</summary>
    /// <remarks>Chunks that are added to it stay short, so that each version copies little of the one before.</remarks>
    public OctetChunks Extend() => new(this);

    /// <summary>The first place that an entry was appended to.</summary>
    public static uint FirstPlace => 1;

    /// <summary>Octets of all chunks.</summary>
    public long Length => length;

    /// <summary>True when so much is dead, or there are so many chunks, that what lives should be stored anew.</summary>
    public bool IsWorn => deadLength > Math.Max(length / 4, MinDead) || count > MaxChunks - (MaxChunks / 8);

    /// <summary>True when some entry near a place may be dead.</summary>
    public bool MayBeDead(uint place) => dead[place >> OffsetBits] > 0;

    /// <summary>Counts an entry as dead: it stays where it is, for the versions before.</summary>
    public void Bury(uint place, int entryLength)
    {
        dead[place >> OffsetBits] += RoundUp(entryLength);
        deadLength += RoundUp(entryLength);
    }

    /// <summary>The octets from a place to the end of its chunk.</summary>
    public Span<byte> At(uint place) => chunks[place >> OffsetBits].AsSpan((int)((place & OffsetMask) * Step));

    /// <summary>The place of the entry after the one of this length; 0 after the last.</summary>
    public uint Next(uint place, int entryLength)
    {
        var chunk = (int)(place >> OffsetBits);
        var end = ((place & OffsetMask) * Step) + RoundUp(entryLength);
        if (end < ends[chunk])
            return place + (uint)(RoundUp(entryLength) / Step);
        return chunk + 1 < count ? (uint)(chunk + 1) << OffsetBits : 0;
    }

    /// <summary>Takes <paramref name="entryLength"/> octets; what they hold is not defined.</summary>
    public uint Append(int entryLength, out Span<byte> octets)
    {
        if (count == 0 || entryLength > chunks[count - 1].Length - used)
            AddChunk(entryLength);
        octets = chunks[count - 1].AsSpan(used, entryLength);
        var place = (uint)(count - 1) << OffsetBits | (uint)(used / Step);
        used += RoundUp(entryLength);
        ends[count - 1] = used;
        length += RoundUp(entryLength);
        return place;
    }

    /// <summary>Frees what the last chunk does not need. Nothing may be appended afterwards.</summary>
    public void Trim()
    {
        if (used < chunks[count - 1].Length)
        {
            var last = Allocate(used);
            chunks[count - 1].AsSpan(0, used).CopyTo(last);
            chunks[count - 1] = last;
        }
        Array.Resize(ref chunks, count);
        length = chunks.Sum(chunk => (long)chunk.Length);
    }

    private byte[] Allocate(int chunkLength) => GC.AllocateUninitializedArray<byte>(chunkLength, pinned: stays && chunkLength >= PinnedLength);

    private static int RoundUp(int octets) => (octets + Step - 1) / Step * Step;

    private void AddChunk(int atLeast)
    {
        if (count == MaxChunks)
            throw new InvalidOperationException("a zone holds at most 16 GiB");
        if (count == chunks.Length)
        {
            Array.Resize(ref chunks, Math.Min(count * 2, MaxChunks));
            Array.Resize(ref ends, chunks.Length);
            Array.Resize(ref dead, chunks.Length);
        }
        chunks[count++] = Allocate(Math.Max(nextLength, RoundUp(atLeast)));
        used = 0;
        nextLength = Math.Min(nextLength * 2, MaxChunkLength);
    }
}
