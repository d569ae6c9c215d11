using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Riad.Dns.Zones;

/// <summary>Where the names of a zone are stored, found by their hashes: open addressing, in pages, so that the next version can share most of them.</summary>
/// <remarks>A slot is the low half of a name's hash in its upper half and the place in its lower; 0 is a free slot. Never more than three quarters full.</remarks>
internal readonly struct PlaceTable
{
    /// <summary>A slot's number without these bits is the number of its page.</summary>
    public const int PageBits = 11;

    private const int PageLength = 1 << PageBits;
    private const int PinnedPages = 8; // from 128 KiB on, pages that a builder made are never moved

    /// <summary>Takes pages that are not changed any more.</summary>
    public PlaceTable(ulong[][] pages, int length) => (Pages, Mask) = (pages, length - 1);

    /// <summary>One less than the number of slots, which is a power of two.</summary>
    public int Mask { get; }

    /// <summary>The pages: all of the same length, a power of two.</summary>
    public ulong[][] Pages { get; }

    /// <summary>Octets of memory.</summary>
    public long Octets => (Mask + 1L) * sizeof(ulong);

    /// <summary>The content of a slot.</summary>
    /// <param name="slot">At most <see cref="Mask"/>: not checked, since the length of a page stands where nothing else is read, and every query would fetch it.</param>
    public ulong this[int slot] => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Pages[slot >> PageBits]), slot & (PageLength - 1));

    /// <summary>How many slots there must be for some names.</summary>
    public static int LengthFor(int names) => Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)((names * 4L / 3) + 1)));

    /// <summary>Pages of free slots.</summary>
    public static ulong[][] NewPages(int length)
    {
        var pages = new ulong[(length + PageLength - 1) >> PageBits][];
        for (var page = 0; page < pages.Length; page++)
            pages[page] = GC.AllocateArray<ulong>(Math.Min(length, PageLength), pinned: pages.Length >= PinnedPages);
        return pages;
    }

    /// <summary>True when a name with this hash is stored at this place: what is stored and not found so is dead.</summary>
    public bool Holds(uint hash, uint place)
    {
        for (var slot = (int)hash & Mask; this[slot] is not 0 and var entry; slot = (slot + 1) & Mask)
        {
            if (entry == ((ulong)hash << 32 | place))
                return true;
        }
        return false;
    }
}
