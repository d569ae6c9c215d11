using Riad.Dns.Zones;

namespace Riad.Dns.Dnssec;

/// <summary>How one version of a zone proves that something is not there: which kind of records it has for that, and where they are.</summary>
internal sealed class Denial
{
    /// <summary>Of a zone without proofs.</summary>
    public static readonly Denial None = new(DenialKind.None, null, []);

    private const ushort SignatureType = 46;
    private const ushort NsecType = 47;
    private const ushort Nsec3Type = 50;
    private const ushort Nsec3ParamType = 51;

    private readonly uint[] places;

    private Denial(DenialKind kind, Nsec3Parameters? parameters, uint[] places)
    {
        (Kind, Parameters) = (kind, parameters);
        this.places = places;
    }

    /// <summary>Which records.</summary>
    public DenialKind Kind { get; }

    /// <summary>How names are hashed; null unless the kind is NSEC3.</summary>
    public Nsec3Parameters? Parameters { get; }

    /// <summary>Octets of memory.</summary>
    public long Octets => places.Length * (long)sizeof(uint);

    /// <summary>The type of the records.</summary>
    public ushort RecordType => Kind is DenialKind.Nsec3 ? Nsec3Type : NsecType;

    /// <summary>True when the zone's own name has what only a signer adds there.</summary>
    public static bool IsSigned(StoredNode apex) => !apex.Find(SignatureType).IsNone || !apex.Find(NsecType).IsNone || !apex.Find(Nsec3ParamType).IsNone;

    /// <summary>Finds out how a zone denies, and lists its records in order.</summary>
    public static Denial Of(Zone zone)
    {
        var (kind, parameters) = ReadApex(zone);
        if (kind is DenialKind.None)
            return None;
        var found = new List<uint>();
        foreach (var node in zone.Nodes)
        {
            if (IsProof(node, kind, parameters))
                found.Add(node.Place);
        }
        return new(kind, parameters, Sort(zone, [.. found]));
    }

    /// <summary>The same for the next version of a zone, in time that grows with what changed, and little with the zone.</summary>
    /// <param name="next">The next version.</param>
    /// <param name="changes">Which of its places are other ones.</param>
    public Denial For(Zone next, PlaceChanges changes)
    {
        var (kind, parameters) = ReadApex(next);
        if (kind != Kind || parameters != Parameters)
            return Of(next);
        if (kind is DenialKind.None)
            return None;
        var added = Sort(next, [.. changes.Come.Where(place => IsProof(new(next.Node(place), next.Apex), kind, parameters))]);
        var merged = new uint[places.Length + added.Length];
        var (count, taken) = (0, 0);
        foreach (var place in places)
        {
            if (changes.Gone.Contains(place))
                continue;
            while (taken < added.Length && Compare(next, added[taken], place) < 0)
                merged[count++] = added[taken++];
            merged[count++] = place;
        }
        added.AsSpan(taken).CopyTo(merged.AsSpan(count));
        Array.Resize(ref merged, count + added.Length - taken);
        return new(kind, parameters, merged);
    }

    /// <summary>The place of the record at a name, or of the last before it in a circle.</summary>
    /// <param name="zone">The version that this belongs to.</param>
    /// <param name="relativeName">The labels below the apex: of a name, or of a hash.</param>
    /// <param name="isMatch">True when the record is at that very name.</param>
    /// <returns>0 when the zone has no such record.</returns>
    public uint FindAtOrBefore(Zone zone, ReadOnlySpan<byte> relativeName, out bool isMatch)
    {
        isMatch = false;
        if (places.Length == 0)
            return 0;
        var (low, high) = (0, places.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = Names.NameOctets.Compare(zone.Node(places[middle]).RelativeName, relativeName);
            isMatch |= order == 0;
            if (order <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        return places[low == 0 ? ^1 : low - 1];
    }

    /// <summary>NSEC3 where the apex says that all names are hashed, otherwise NSEC where the chain starts.</summary>
    /// <remarks>Source: RFC 5155 §7.3, and §10.4 for a zone that is on its way from one to the other.</remarks>
    private static (DenialKind Kind, Nsec3Parameters? Parameters) ReadApex(Zone zone)
    {
        var apex = new ZoneNode(zone.ApexNode, zone.Apex);
        if (apex.TryFind(Nsec3ParamType, out var set))
        {
            foreach (var rdata in set.Rdatas(default))
            {
                var areFlagsClear = rdata[1] == 0; // §4.1.2: others are not for answering
                if (areFlagsClear && Nsec3Parameters.Of(rdata) is { } parameters)
                    return (DenialKind.Nsec3, parameters);
            }
        }
        return (apex.TryFind(NsecType, out _) ? DenialKind.Nsec : DenialKind.None, null);
    }

    private static bool IsProof(ZoneNode node, DenialKind kind, Nsec3Parameters? parameters)
    {
        if (kind is DenialKind.Nsec)
            return !node.IsOccluded && node.TryFind(NsecType, out _);
        if (!Nsec3Hash.IsLabel(node.RelativeName) || !node.TryFind(Nsec3Type, out var set))
            return false;
        foreach (var rdata in set.Rdatas(default))
        {
            if (parameters?.AreOf(rdata) == true)
                return true;
        }
        return false;
    }

    /// <summary>Signers write records in order, so most lists are sorted already.</summary>
    private static uint[] Sort(Zone zone, uint[] unsorted)
    {
        for (var i = 1; i < unsorted.Length; i++)
        {
            if (Compare(zone, unsorted[i - 1], unsorted[i]) <= 0)
                continue;
            Array.Sort(unsorted, (left, right) => Compare(zone, left, right));
            break;
        }
        return unsorted;
    }

    private static int Compare(Zone zone, uint left, uint right) =>
        Names.NameOctets.Compare(zone.Node(left).RelativeName, zone.Node(right).RelativeName);
}
