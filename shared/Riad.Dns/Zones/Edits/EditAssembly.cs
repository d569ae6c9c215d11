namespace Riad.Dns.Zones.Edits;

/// <summary>Turns the touched names of an edit into the next version of the zone. Used once.</summary>
internal sealed class EditAssembly(EditedNames names)
{
    private readonly Zone zone = names.Zone;
    private readonly EditedNode node = new(names);
    private readonly PlaceChanges changes = new(names.Zone);

    /// <summary>Records left out because no message can hold their set.</summary>
    public long OversizeCount { get; private set; }

    /// <summary>Makes the zone.</summary>
    public Zone Assemble()
    {
        SettleExistence();
        TouchGlueBelowCuts();
        SettleOcclusion();
        var wide = FindCoversOfUntouched();
        if (wide.Count > 0)
        {
            if (!OccludedNames.TryTouch(names, wide))
                return Rebuild();
            SettleOcclusion();
        }
        foreach (var name in names.TopDown.Where(name => name.HasChangedAddresses).ToList())
            names.TouchCut(name);
        return Write();
    }

    /// <summary>A name exists as long as it or a name below it has records: a parent learns of children that come and go.</summary>
    private void SettleExistence()
    {
        foreach (var name in names.BottomUp)
        {
            if (name.Exists == name.ExistedBefore)
                continue;
            var parent = names.TouchParent(name);
            parent.Children += name.Exists ? 1 : -1;
            if (name.RelativeName is [1, (byte)'*', ..])
                parent.HasWildcard = name.Exists;
        }
    }

    /// <summary>Where a delegation comes or goes, its name servers are usually the only names below: touching them saves a look at every name.</summary>
    private void TouchGlueBelowCuts()
    {
        const NodeFlags Own = NodeFlags.Cut | NodeFlags.Redirection;
        foreach (var cut in names.TopDown.Where(name => name.ExistedBefore && name.Exists && ((name.Flags ^ name.BaseFlags) & Own) != NodeFlags.None).ToList())
        {
            foreach (var server in node.ServersNowAndBefore(cut))
            {
                var name = names.TouchExisting(server);
                while (name is not null && name.LabelCount > cut.LabelCount)
                    name = names.TouchParent(name);
            }
        }
    }

    private void SettleOcclusion()
    {
        foreach (var name in names.TopDown.Where(name => name.LabelCount > 0))
        {
            if (names.FindParent(name) is { } parent)
                name.IsOccluded = parent.Covers;
        }
    }

    /// <summary>Names that began or ceased to occlude those below them, and have others below them than the edit touches.</summary>
    private HashSet<ulong> FindCoversOfUntouched()
    {
        foreach (var name in names.TopDown.Where(name => name.Exists && name.LabelCount > 0))
        {
            if (names.FindParent(name) is { } parent)
                parent.TouchedChildren++;
        }
        return [.. names.TopDown.Where(name => name.ExistedBefore && name.Covers != name.CoveredBefore && name.Children > name.TouchedChildren).Select(name => name.Hash)];
    }

    private Zone Write()
    {
        var chunks = zone.Chunks.Extend();
        var table = new PlaceTableEdit(zone.Table, zone.NameCount);
        var (records, isChanged) = (zone.RecordCount, false);
        foreach (var name in names.TopDown)
        {
            var before = name.ExistedBefore ? zone.Node(name.BasePlace).Stored : default;
            var after = name.Exists ? node.Write(name) : default;
            if (after.SequenceEqual(before))
                continue;
            isChanged = true;
            Place(name, chunks, table, before.Length, after);
            records += (name.Exists ? node.RecordCount : 0) - name.BaseRecordCount;
        }
        OversizeCount = node.OversizeCount;
        if (!isChanged)
            return zone;
        chunks.Trim();
        var next = new Zone(zone.Apex, chunks, table.Build(), table.Count, records, changes);
        return chunks.IsWorn ? Compact(next) : next;
    }

    private void Place(EditedName name, OctetChunks chunks, PlaceTableEdit table, int lengthBefore, ReadOnlySpan<byte> after)
    {
        var hash = (uint)name.Hash;
        if (name.ExistedBefore)
        {
            chunks.Bury(name.BasePlace, lengthBefore);
            changes.Gone.Add(name.BasePlace);
        }
        if (!name.Exists)
        {
            if (name.ExistedBefore)
                table.Remove(hash, name.BasePlace);
            return;
        }
        var place = chunks.Append(after.Length, out var octets);
        after.CopyTo(octets);
        changes.Come.Add(place);
        if (name.ExistedBefore)
            table.Move(hash, name.BasePlace, place);
        else
            table.Add(hash, place);
    }

    /// <summary>Stores the living names anew.</summary>
    private static Zone Compact(Zone worn)
    {
        var chunks = new OctetChunks(stays: true, worn.Chunks.Length);
        var table = new PlaceTableEdit(worn.NameCount);
        foreach (var name in worn.Nodes)
        {
            var place = chunks.Append(name.Stored.Length, out var octets);
            name.Stored.CopyTo(octets);
            table.Add(name.Hash, place);
        }
        chunks.Trim();
        return new(worn.Apex, chunks, table.Build(), worn.NameCount, worn.RecordCount);
    }

    /// <summary>When a large part of the names changes, a builder is the faster way.</summary>
    private Zone Rebuild()
    {
        var builder = new ZoneBuilder(zone.Apex);
        foreach (var name in zone.Nodes)
        {
            if (names.Find(name) is null)
                RecordCopy.Add(builder, name);
        }
        foreach (var name in names.TopDown)
            RecordCopy.Add(builder, names, name);
        var built = builder.Build();
        OversizeCount = builder.OversizeCount;
        return built;
    }
}
