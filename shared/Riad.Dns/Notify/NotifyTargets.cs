using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;

namespace Riad.Dns.Notify;

/// <summary>Finds who is told of a zone: its name servers but the primary (by whatever name) and ourselves, those in the names of keys, and those that were given.</summary>
/// <remarks>Source: RFC 1996 §2.1. A pure function of what is served and configured.</remarks>
public sealed class NotifyTargets
{
    private readonly ZoneSet zones;
    private readonly ImmutableArray<NotifyTarget> given;
    private readonly ImmutableArray<(DomainName Zone, NotifyTarget Target)> ofKeys;
    private readonly bool onlyLoopback;
    private readonly Seq<IpEndpoint> own;

    /// <summary>Looks through the keys once for all zones.</summary>
    /// <param name="zones">All zones, for the addresses of name servers.</param>
    /// <param name="keys">A transfer key's name may have the address of a secondary.</param>
    /// <param name="given">Told of every zone, wherever they are.</param>
    /// <param name="onlyLoopback">Others are told only when they are on loopback: nobody else could ask a server that listens there alone.</param>
    /// <param name="own">Where we answer ourselves: a name server at one of these is not told.</param>
    public NotifyTargets(ZoneSet zones, TsigKeys keys, ImmutableArray<NotifyTarget> given, bool onlyLoopback = false, Seq<IpEndpoint> own = default)
    {
        (this.zones, this.given, this.onlyLoopback, this.own) = (zones, given, onlyLoopback, own);
        ofKeys = [.. keys
            .Select(key => (Key: key, Role: KeyNameRole.TryRead(key.Name, out var role) ? role : null))
            .Where(entry => entry.Role is { Secondary: { } secondary } && IsReachable(secondary))
            .Select(entry => (entry.Role!.Zone, new NotifyTarget(new(entry.Role.Secondary!.Value, NotifyTarget.Port), entry.Key)))];
    }

    /// <summary>A version of a zone with everybody who is told of it.</summary>
    /// <param name="zone">The version that is served.</param>
    /// <param name="hints">Addresses of name servers from the zone's file.</param>
    public NotifyZone Find(Zone zone, Seq<NotifyHint> hints)
    {
        var targets = new SortedDictionary<IpEndpoint, NotifyTarget>();
        foreach (var (keyZone, target) in ofKeys.Where(entry => entry.Zone.IsRoot || entry.Zone == zone.Apex).OrderByDescending(entry => entry.Zone.LabelCount))
            targets.TryAdd(target.Endpoint, target);
        foreach (var target in given)
        {
            if (target.Key is not null || !targets.ContainsKey(target.Endpoint))
                targets[target.Endpoint] = target;
        }
        var names = new List<DomainName>();
        var ofPrimary = AddressesOf(zone.Soa.PrimaryServer, hints);
        foreach (var server in zone.Find(zone.Apex, RrTypes.Ns)?.Values ?? [])
        {
            if (server == zone.Soa.PrimaryServer)
                continue;
            var addresses = AddressesOf(server, hints);
            if (addresses.Count == 0 && !onlyLoopback)
                names.Add(server);
            foreach (var endpoint in addresses.Except(ofPrimary).Where(IsReachable).Select(address => new IpEndpoint(address, NotifyTarget.Port)).Except(own))
                targets.TryAdd(endpoint, new(endpoint, Key: null));
        }
        names.Sort();
        return new(zone.Apex, zone.Soa, zone.SoaTtl, targets.Values.ToSeq(), names.ToSeq());
    }

    private bool IsReachable(IpAddress address) => !onlyLoopback || address.IsLoopback;

    /// <summary>From our zones; where they have none, from the hints.</summary>
    private List<IpAddress> AddressesOf(DomainName server, Seq<NotifyHint> hints)
    {
        var addresses = new List<IpAddress>();
        if (zones.FindAbove(server)?.Zone is { } zone)
        {
            addresses.AddRange((zone.Find(server, RrTypes.A)?.Values ?? []).Select(address => new IpAddress(address)));
            addresses.AddRange((zone.Find(server, RrTypes.Aaaa)?.Values ?? []).Select(address => new IpAddress(address)));
        }
        if (addresses.Count == 0)
            addresses.AddRange(hints.Where(hint => hint.Server == server).Select(hint => hint.Address));
        return addresses;
    }
}
