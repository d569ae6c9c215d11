using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>The parts of one file of a zone, in the order of the file. Mutable.</summary>
/// <param name="path">As it is opened.</param>
/// <param name="interval">A part that is longer ends with its next entry.</param>
internal sealed class PlacedFile(string path, int interval)
{
    private readonly List<PlacedPart> parts = [];
    private (int Start, ReadingState Before)? current;

    public string Path => path;

    /// <summary>Parts and what lies between them.</summary>
    public int Length { get; private set; }

    /// <summary>What completes relative names at the end.</summary>
    public Octets Origin { get; private set; }

    /// <summary>From $TTL, at the end.</summary>
    public uint? DefaultTtl { get; private set; }

    public IReadOnlyList<PlacedPart> Parts => parts;

    /// <summary>True when every octet lies in a part.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Of the last record; null when there is none.</summary>
    public LineLayout? Layout { get; private set; }

    /// <summary>The part in which the last record stands.</summary>
    public int LayoutPart { get; private set; }

    public void Begin(int start, ReadingState before) =>
        current = (start, parts.Count > 0 && parts[^1].Before.Origin.Equals(before.Origin) ? before with { Origin = parts[^1].Before.Origin } : before);

    /// <summary>True when a part that ends here would be long.</summary>
    public bool IsLong(int end) => current is { } open && end - open.Start >= interval;

    /// <summary>Ends a part behind a line end, and begins another.</summary>
    public void Split(int offset, ReadingState state)
    {
        End(offset);
        Begin(offset, state);
    }

    /// <summary>Leaves an entry out.</summary>
    public void LeaveOut(int start, int end, ReadingState after)
    {
        IsPlain = false;
        End(start);
        Begin(end, after);
    }

    public void Close(int length, ReadingState state)
    {
        End(length);
        (Length, Origin, DefaultTtl) = (length, state.Origin, state.DefaultTtl);
        DropEmpty();
    }

    /// <summary>Takes notice of a record of the part that is being read.</summary>
    public void Saw(in MasterRecord record) => (Layout, LayoutPart) = (LineLayout.Of(record), parts.Count);

    /// <summary>The part in which an octet lies; -1 when it lies between two.</summary>
    public int PartAt(int offset)
    {
        var (low, high) = (0, parts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = parts[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }
        return offset >= parts[low].Start && offset < parts[low].End ? low : -1;
    }

    /// <summary>Follows an edit of parts.</summary>
    /// <param name="growth">By how many octets a part became longer.</param>
    public void Grow(Func<int, int> growth)
    {
        var moved = 0;
        for (var at = 0; at < parts.Count; at++)
        {
            var more = growth(at);
            parts[at] = parts[at] with { Start = parts[at].Start + moved, End = parts[at].End + moved + more };
            moved += more;
        }
        Length += moved;
        DropEmpty();
    }

    /// <summary>Another record is the last.</summary>
    public void SetLayout(LineLayout? layout, int part) => (Layout, LayoutPart) = (layout, part);

    /// <summary>A part finds another owner than before, which its records do not take.</summary>
    public void SetOwner(int part, Octets owner) => parts[part] = parts[part] with { Before = parts[part].Before with { Owner = owner } };

    /// <summary>Follows new records at the end.</summary>
    /// <param name="octets">How long their lines are.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="layout">How they are written.</param>
    public void Append(int octets, MasterChange.Add last, LineLayout layout)
    {
        var part = parts[^1];
        (Layout, LayoutPart) = (layout, parts.Count - 1);
        Length += octets;
        parts[^1] = part with { End = Length };
        if (parts[^1].Length >= interval)
            parts.Add(new(Length, Length, new(Origin.Equals(part.Before.Origin) ? part.Before.Origin : Origin, new(last.Owner.Wire), DefaultTtl, DefaultTtl is null ? last.Ttl.Seconds : null)));
    }

    /// <summary>Only the last part may be empty: there, new records come.</summary>
    private void DropEmpty()
    {
        for (var at = parts.Count - 2; at >= 0; at--)
        {
            if (parts[at].Length > 0)
                continue;
            parts.RemoveAt(at);
            LayoutPart -= at < LayoutPart ? 1 : 0;
        }
    }

    private void End(int offset)
    {
        if (current is { } open)
            parts.Add(new(open.Start, offset, open.Before));
        current = null;
    }
}
