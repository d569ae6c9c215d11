namespace Riad.Dns.Zones;

/// <summary>Makes a table of places from another: pages are copied when they are first written to.</summary>
internal sealed class PlaceTableEdit
{
    private const int PageMask = (1 << PlaceTable.PageBits) - 1;

    private readonly ulong[][] shared;
    private ulong[][] pages;
    private int mask;
    private int count;

    /// <summary>Starts with what a table holds.</summary>
    /// <param name="table">It is not changed.</param>
    /// <param name="count">How many names it holds.</param>
    public PlaceTableEdit(PlaceTable table, int count)
    {
        (shared, pages, mask) = (table.Pages, table.Pages.AsSpan().ToArray(), table.Mask);
        this.count = count;
    }

    /// <summary>Starts with free slots for some names.</summary>
    public PlaceTableEdit(int names)
    {
        var length = PlaceTable.LengthFor(names);
        (shared, pages, mask) = ([], PlaceTable.NewPages(length), length - 1);
    }

    /// <summary>How many names there are now.</summary>
    public int Count => count;

    /// <summary>The table. Nothing may be changed afterwards.</summary>
    public PlaceTable Build() => new(pages, mask + 1);

    /// <summary>Adds a name that is not there.</summary>
    public void Add(uint hash, uint place)
    {
        if ((count + 1) * 4L > (mask + 1) * 3L)
            Grow();
        count++;
        Insert((ulong)hash << 32 | place);
    }

    /// <summary>Gives a name that is there another place.</summary>
    public void Move(uint hash, uint from, uint to) => Set(Find(hash, from), (ulong)hash << 32 | to);

    /// <summary>Removes a name that is there, and closes the gap, so that no search ends in it.</summary>
    public void Remove(uint hash, uint place)
    {
        count--;
        var gap = Find(hash, place);
        for (var slot = (gap + 1) & mask; Get(slot) is not 0 and var entry; slot = (slot + 1) & mask)
        {
            var home = (int)(entry >> 32) & mask;
            if (((slot - home) & mask) < ((slot - gap) & mask))
                continue; // it stands between its home and the gap's far side: moving it would hide it
            Set(gap, entry);
            gap = slot;
        }
        Set(gap, 0);
    }

    private ulong Get(int slot) => pages[slot >> PlaceTable.PageBits][slot & PageMask];

    private void Set(int slot, ulong entry)
    {
        ref var page = ref pages[slot >> PlaceTable.PageBits];
        if (slot >> PlaceTable.PageBits < shared.Length && ReferenceEquals(page, shared[slot >> PlaceTable.PageBits]))
            page = page.AsSpan().ToArray();
        page[slot & PageMask] = entry;
    }

    private int Find(uint hash, uint place)
    {
        var slot = (int)hash & mask;
        while (Get(slot) != ((ulong)hash << 32 | place))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Insert(ulong entry)
    {
        var slot = (int)(entry >> 32) & mask;
        while (Get(slot) != 0)
            slot = (slot + 1) & mask;
        Set(slot, entry);
    }

    private void Grow()
    {
        var smaller = pages;
        pages = PlaceTable.NewPages((mask + 1) * 2);
        mask = (mask * 2) + 1;
        foreach (var page in smaller)
        {
            foreach (var entry in page)
            {
                if (entry != 0)
                    Insert(entry);
            }
        }
    }
}
