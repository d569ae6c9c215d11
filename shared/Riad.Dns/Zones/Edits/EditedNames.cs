using Riad.Dns.Names;

namespace Riad.Dns.Zones.Edits;

/// <summary>The names that an edit touches, found by name or by depth.</summary>
internal sealed class EditedNames(Zone zone)
{
    private const int MaxLabels = 128;

    private readonly Dictionary<ulong, EditedName> byHash = [];
    private readonly List<EditedName>?[] byDepth = new List<EditedName>?[MaxLabels];
    private readonly NamePath path = new();
    private readonly byte[] owner = new byte[NameOctets.MaxLength];

    /// <summary>The zone that is edited.</summary>
    public Zone Zone => zone;

    /// <summary>How many names are touched.</summary>
    public int Count { get; private set; }

    /// <summary>Every name touched so far, those next to the apex before those below them.</summary>
    public IEnumerable<EditedName> TopDown
    {
        get
        {
            foreach (var names in byDepth)
            {
                for (var i = 0; i < names?.Count; i++)
                    yield return names[i];
            }
        }
    }

    /// <summary>Every name, the deepest first; parents may be touched meanwhile.</summary>
    public IEnumerable<EditedName> BottomUp
    {
        get
        {
            for (var depth = MaxLabels - 1; depth >= 0; depth--)
            {
                for (var i = 0; i < byDepth[depth]?.Count; i++)
                    yield return byDepth[depth]![i];
            }
        }
    }

    /// <summary>The name, touched; null when it is not at or below the apex.</summary>
    /// <param name="wire">Absolute, uncompressed.</param>
    public EditedName? Touch(ReadOnlySpan<byte> wire) => IsInside(wire) ? Touch(path.Set(wire), 0, wire) : null;

    /// <summary>The name if it was touched, or the base has it; null for any other.</summary>
    public EditedName? TouchExisting(ReadOnlySpan<byte> wire)
    {
        if (!IsInside(wire))
            return null;
        path.Set(wire);
        var relative = wire[..^zone.Apex.Wire.Length];
        return Find(path.Hash(0), relative) ?? (zone.FindPlace(path.Hash(0), relative) == 0 ? null : Touch(path, 0, wire));
    }

    /// <summary>The name one label up, touched.</summary>
    public EditedName TouchParent(EditedName name)
    {
        var wire = owner.AsSpan(0, CopyOwner(name.RelativeName, owner));
        return Touch(path.Set(wire), 1, wire);
    }

    /// <summary>The name one label up; null when it was not touched.</summary>
    public EditedName? FindParent(EditedName name)
    {
        path.Set(owner.AsSpan(0, CopyOwner(name.RelativeName, owner)));
        return Find(path.Hash(1), name.RelativeName.AsSpan(name.RelativeName[0] + 1));
    }

    /// <summary>The name of the base if it was touched.</summary>
    public EditedName? Find(ZoneNode name)
    {
        path.Set(owner.AsSpan(0, name.CopyOwner(owner)));
        return Find(path.Hash(0), name.RelativeName);
    }

    /// <summary>The name if it was touched.</summary>
    /// <param name="hash">Of the absolute name.</param>
    /// <param name="relativeName">In any case.</param>
    public EditedName? Find(ulong hash, ReadOnlySpan<byte> relativeName)
    {
        var name = byHash.GetValueOrDefault(hash);
        while (name is not null && !NameOctets.AreEqual(name.RelativeName, relativeName))
            name = name.Next;
        return name;
    }

    /// <summary>The cut nearest to the apex at or above a name, touched; null when there is none, or it is itself occluded.</summary>
    public EditedName? TouchCut(EditedName name)
    {
        var wire = owner.AsSpan(0, CopyOwner(name.RelativeName, owner));
        path.Set(wire);
        for (var label = name.LabelCount - 1; label >= 0; label--)
        {
            var relative = wire[path.Start(label)..^zone.Apex.Wire.Length];
            var flags = Find(path.Hash(label), relative) is { } touched ? touched.Flags : BaseFlags(path.Hash(label), relative);
            if (flags.Has(NodeFlags.Occluded))
                return null;
            if (flags.Has(NodeFlags.Cut))
                return Touch(path, label, wire);
        }
        return null;
    }

    /// <summary>The set of a touched name in the base.</summary>
    public RecordSetView BaseSet(EditedName name, ushort type)
    {
        if (!name.ExistedBefore)
            return default;
        new ZoneNode(zone.Node(name.BasePlace), zone.Apex).TryFind(type, out var set);
        return set;
    }

    /// <summary>Copies an absolute name and says how long it is.</summary>
    public int CopyOwner(ReadOnlySpan<byte> relativeName, Span<byte> wire)
    {
        relativeName.CopyTo(wire);
        zone.Apex.Wire.CopyTo(wire[relativeName.Length..]);
        return relativeName.Length + zone.Apex.Wire.Length;
    }

    private bool IsInside(ReadOnlySpan<byte> wire) => wire.Length >= zone.Apex.Wire.Length && NameOctets.IsAtOrBelow(wire, zone.Apex.Wire);

    private NodeFlags BaseFlags(ulong hash, ReadOnlySpan<byte> relativeName) =>
        zone.Find(hash, relativeName) is { IsNone: false } node ? node.Flags : NodeFlags.None;

    private EditedName Touch(NamePath of, int label, ReadOnlySpan<byte> wire)
    {
        var hash = of.Hash(label);
        var relative = wire[of.Start(label)..^zone.Apex.Wire.Length];
        if (Find(hash, relative) is { } known)
            return known;
        var place = zone.FindPlace(hash, relative);
        var name = new EditedName(hash, of.LabelCount - label - zone.ApexLabelCount, place, place == 0 ? default : new(zone.Node(place), zone.Apex), relative)
        {
            Next = byHash.GetValueOrDefault(hash),
        };
        byHash[hash] = name;
        (byDepth[name.LabelCount] ??= []).Add(name);
        Count++;
        return name;
    }
}
