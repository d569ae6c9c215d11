using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones;

/// <summary>Reads a set of a zone as a value.</summary>
internal delegate TAnswer ReadSet<out TAnswer>(RecordSetView set);

/// <summary>The typed side of a search.</summary>
internal static class ZoneLookup
{
    private const ushort AliasType = 5;
    private const ushort RedirectionType = 39;
    private const ushort NameServerType = 2;

    /// <summary>What a zone answers to a name and a type.</summary>
    public static Lookup<TAnswer> Lookup<TAnswer>(Zone zone, DomainName name, ushort type, ReadSet<TAnswer> read)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.IsAtOrBelow(zone.Apex))
            return new Lookup<TAnswer>.OutsideZone();
        var search = ZoneSearch.Of(zone, new NamePath().Set(name.Wire), type);
        return search.Outcome switch
        {
            SearchOutcome.Exact or SearchOutcome.Wildcard => FromNode(zone, new(search.Node, zone.Apex), type, read),
            SearchOutcome.NameError => new Lookup<TAnswer>.NameError(zone.Soa),
            SearchOutcome.Delegation => Delegation<TAnswer>(new(search.Node, zone.Apex)),
            SearchOutcome.Redirection => Redirection<TAnswer>(new(search.Node, zone.Apex), name),
        };
    }

    private static Lookup<TAnswer> FromNode<TAnswer>(Zone zone, ZoneNode node, ushort type, ReadSet<TAnswer> read)
    {
        if (node.TryFind(type, out var set))
            return new Lookup<TAnswer>.Found(read(set));
        if (node.TryFind(AliasType, out var alias))
            return new Lookup<TAnswer>.Alias(new(alias.Ttl), ReadNames(alias)[0]);
        return new Lookup<TAnswer>.NoData(zone.Soa);
    }

    private static Lookup<TAnswer> Delegation<TAnswer>(ZoneNode cut)
    {
        if (!cut.TryFind(NameServerType, out var servers))
            throw new UnreachableException();
        return new Lookup<TAnswer>.Delegation(cut.Owner, new(new(servers.Ttl), ReadNames(servers)));
    }

    private static Lookup<TAnswer> Redirection<TAnswer>(ZoneNode node, DomainName name)
    {
        if (!node.TryFind(RedirectionType, out var set))
            throw new UnreachableException();
        var (owner, target) = (node.Owner, ReadNames(set)[0]);
        var prefix = name.Wire[..(name.Wire.Length - owner.Wire.Length)];
        DomainName.TryCreate([.. prefix, .. target.Wire], out var substituted);
        return new Lookup<TAnswer>.Redirection(owner, new(set.Ttl), target, substituted);
    }

    private static Seq<DomainName> ReadNames(RecordSetView set)
    {
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        var names = new List<DomainName>(set.Count);
        foreach (var rdata in set.Rdatas(scratch))
        {
            var reader = new WireReader(rdata);
            names.Add(DomainName.Read(ref reader));
        }
        return names.ToSeq();
    }
}
