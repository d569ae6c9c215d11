using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>Looks up the names that records point to, as a resolver would find them in this zone alone.</summary>
internal readonly struct Targets(Zone zone)
{
    /// <summary>Tells what the zone knows of a name.</summary>
    /// <param name="name">Absolute, uncompressed.</param>
    public Target Find(ReadOnlySpan<byte> name)
    {
        if (!NameOctets.IsAtOrBelow(name, zone.Apex.Wire))
            return Target.Elsewhere;
        if (zone.TryFind(name, out var node))
            return Judge(node);
        return FindAbove(name);
    }

    private static Target Judge(in ZoneNode node)
    {
        if (node.TryFind(RrTypes.A.Code, out _) || node.TryFind(RrTypes.Aaaa.Code, out _))
            return Target.HasAddress;
        if (node.IsDelegation || node.IsOccluded)
            return Target.DelegatedWithoutAddress;
        return node.TryFind(RrTypes.Cname.Code, out _) ? Target.Alias : Target.Missing;
    }

    /// <summary>The name does not exist: a delegation or DNAME above it, or a wildcard at its closest encloser, may still answer.</summary>
    private Target FindAbove(ReadOnlySpan<byte> name)
    {
        Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
        var isClosest = true;
        while (name.Length > zone.Apex.Wire.Length)
        {
            name = NameOctets.Parent(name);
            if (!zone.TryFind(name, out var node))
                continue;
            if (node.TryFind(RrTypes.Dname.Code, out _))
                return Target.Alias;
            if (node.IsDelegation || node.IsOccluded)
                return Target.DelegatedWithoutAddress;
            if (!isClosest)
                continue;
            isClosest = false;
            "\x01*"u8.CopyTo(wildcard);
            name.CopyTo(wildcard[2..]);
            if (name.Length + 2 <= NameOctets.MaxLength && zone.TryFind(wildcard[..(name.Length + 2)], out var synthesis))
                return Judge(synthesis);
        }
        return Target.Missing;
    }
}
