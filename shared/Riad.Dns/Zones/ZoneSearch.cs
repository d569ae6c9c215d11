namespace Riad.Dns.Zones;

/// <summary>What a name turned out to be in a zone.</summary>
internal enum SearchOutcome
{
    /// <summary>The name exists and the zone is authoritative for it.</summary>
    Exact,

    /// <summary>The name does not exist; a wildcard answers for it.</summary>
    Wildcard,

    /// <summary>The name does not exist.</summary>
    NameError,

    /// <summary>The name lies at or below a cut.</summary>
    Delegation,

    /// <summary>The name lies below a DNAME.</summary>
    Redirection,
}

/// <summary>Finds what a zone has to say of a name.</summary>
/// <remarks>Source: RFC 1034 §4.3.2 step 3, RFC 4592 §3.3.1 for wildcards, RFC 6672 §3.2 for DNAME, RFC 4035 §3.1.4.1 for DS.</remarks>
internal readonly ref struct ZoneSearch
{
    private const ushort DelegationSigner = 43;

    private ZoneSearch(SearchOutcome outcome, StoredNode node, int label)
    {
        Outcome = outcome;
        Node = node;
        Label = label;
    }

    /// <summary>What the name turned out to be.</summary>
    public SearchOutcome Outcome { get; }

    /// <summary>The name itself, the wildcard, the cut, the holder of the DNAME; for a name error the closest encloser.</summary>
    public StoredNode Node { get; }

    /// <summary>The label of the question at which the node's name starts; for a wildcard, the closest encloser's.</summary>
    public int Label { get; }

    /// <summary>Searches.</summary>
    /// <param name="zone">Its apex is the question's name or an ancestor.</param>
    /// <param name="path">The question's name.</param>
    /// <param name="type">The question's type: DS at a cut belongs to the parent.</param>
    public static ZoneSearch Of(Zone zone, NamePath path, ushort type)
    {
        var relativeLabels = path.LabelCount - zone.ApexLabelCount;
        var node = zone.Find(path.Hash(0), path.Between(0, relativeLabels));
        if (!node.IsNone && !node.Flags.Has(NodeFlags.Occluded))
            return new(!node.Flags.Has(NodeFlags.Cut) || type == DelegationSigner ? SearchOutcome.Exact : SearchOutcome.Delegation, node, 0);
        for (var label = 1; label < relativeLabels; label++)
        {
            node = zone.Find(path.Hash(label), path.Between(label, relativeLabels));
            if (!node.IsNone && !node.Flags.Has(NodeFlags.Occluded))
                return Enclosed(zone, path, node, label, relativeLabels);
        }
        return Enclosed(zone, path, zone.ApexNode, relativeLabels, relativeLabels);
    }

    private static ZoneSearch Enclosed(Zone zone, NamePath path, StoredNode encloser, int label, int relativeLabels)
    {
        if (encloser.Flags.Has(NodeFlags.Cut))
            return new(SearchOutcome.Delegation, encloser, label);
        if (encloser.Flags.Has(NodeFlags.Redirection))
            return new(SearchOutcome.Redirection, encloser, label);
        if (!encloser.Flags.Has(NodeFlags.HasWildcard))
            return new(SearchOutcome.NameError, encloser, label);
        var name = path.Wildcard(label, relativeLabels, out var hash);
        return new(SearchOutcome.Wildcard, zone.Find(hash, name), label);
    }
}
