using Riad.Dns.Dnssec;

namespace Riad.Dns.Zones.Edits;

/// <summary>One name that an edit touches: what the base has, and what the next version will have.</summary>
internal sealed class EditedName
{
    private readonly NodeFlags inherited; // what the records of the name do not say

    /// <summary>Takes what the base has.</summary>
    /// <param name="hash">Of the absolute name.</param>
    /// <param name="labelCount">Labels below the apex.</param>
    /// <param name="place">Where the base stores it; 0 when the base does not have it.</param>
    /// <param name="node">Not looked at when the base does not have it.</param>
    /// <param name="relativeName">As it is written where the edit meets it first.</param>
    public EditedName(ulong hash, int labelCount, uint place, ZoneNode node, ReadOnlySpan<byte> relativeName)
    {
        (Hash, LabelCount, BasePlace) = (hash, labelCount, place);
        RelativeName = relativeName.ToArray();
        inherited = (labelCount == 0 ? NodeFlags.Apex : NodeFlags.None) | (relativeName is [1, (byte)'*', ..] ? NodeFlags.Wildcard : NodeFlags.None);
        if (place == 0)
            return;
        RelativeName = node.RelativeName.ToArray();
        (BaseFlags, Children) = (node.Flags, node.Children);
        (IsOccluded, HasWildcard) = (BaseFlags.Has(NodeFlags.Occluded), BaseFlags.Has(NodeFlags.HasWildcard));
        foreach (var set in node.Sets)
        {
            Sets.Add(set.Type, new(set));
            BaseRecordCount += set.Count;
        }
        IsOccluded &= !IsHash; // what else covers it, its parent tells
    }

    /// <summary>Of the absolute name.</summary>
    public ulong Hash { get; }

    /// <summary>Labels below the apex.</summary>
    public int LabelCount { get; }

    /// <summary>Where the base stores the name; 0 when it does not exist there.</summary>
    public uint BasePlace { get; }

    /// <summary>What the base knew of the name.</summary>
    public NodeFlags BaseFlags { get; }

    /// <summary>Records that the base has here.</summary>
    public long BaseRecordCount { get; }

    /// <summary>The labels below the apex, in the case in which they will be stored.</summary>
    public byte[] RelativeName { get; set; }

    /// <summary>By the numbers of their types.</summary>
    public SortedList<ushort, EditedSet> Sets { get; } = [];

    /// <summary>How many names exist one label below.</summary>
    public int Children { get; set; }

    /// <summary>How many of those the edit touches.</summary>
    public int TouchedChildren { get; set; }

    /// <summary>True when it lies below a cut or a DNAME.</summary>
    public bool IsOccluded { get; set; }

    /// <summary>True when the name "*" directly below exists.</summary>
    public bool HasWildcard { get; set; }

    /// <summary>True when a prepared referral may have to follow.</summary>
    public bool HasChangedAddresses { get; set; }

    /// <summary>Another name with the same hash.</summary>
    public EditedName? Next { get; set; }

    /// <summary>True when the name exists in the base.</summary>
    public bool ExistedBefore => BasePlace != 0;

    /// <summary>True when the next version will have the name: it has records, or a name below it has.</summary>
    public bool Exists => Sets.Count > 0 || Children > 0 || LabelCount == 0;

    /// <summary>What the next version knows of the name, but for the glue.</summary>
    public NodeFlags Flags => inherited
        | (IsOccluded || IsHash ? NodeFlags.Occluded : NodeFlags.None)
        | (HasWildcard ? NodeFlags.HasWildcard : NodeFlags.None)
        | (LabelCount > 0 && Sets.ContainsKey(2) ? NodeFlags.Cut : NodeFlags.None)
        | (Sets.ContainsKey(5) ? NodeFlags.Alias : NodeFlags.None)
        | (Sets.ContainsKey(39) ? NodeFlags.Redirection : NodeFlags.None);

    /// <summary>True when names below are occluded.</summary>
    public bool Covers => IsCovering(Flags);

    /// <summary>True when names below were occluded in the base.</summary>
    public bool CoveredBefore => IsCovering(BaseFlags);

    /// <summary>True for a hash that only NSEC3 records stand at.</summary>
    private bool IsHash => Sets.ContainsKey(50) && Children == 0 && Nsec3Hash.IsLabel(RelativeName) && Sets.Keys.All(Nsec3Hash.MayStandAtHash);

    private static bool IsCovering(NodeFlags flags) => (flags & (NodeFlags.Cut | NodeFlags.Redirection | NodeFlags.Occluded)) != NodeFlags.None;
}
