using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>Has secondaries told of what changed between two states, and of everything at the start.</summary>
/// <param name="driver">Tells them.</param>
/// <param name="keys">What messages are signed with.</param>
/// <param name="given">The values of <c>--notify</c>.</param>
/// <param name="listen">Where we answer: a server on loopback alone tells only secondaries there, since nobody else could ask it.</param>
internal sealed class SecondaryNotices(NotifyDriver driver, ServedKeys keys, ImmutableArray<NotifyPeerOption> given, ImmutableArray<IpEndpoint> listen)
{
    private readonly bool onlyLoopback = listen.All(local => local.Address.IsLoopback);
    private readonly Seq<IpEndpoint> own = listen.ToSeq();
    private readonly Lock gate = new();
    private Dictionary<DomainName, (Zone Zone, NotifyZone Notice)> told = [];
    private ServedState state = ServedState.Empty;
    private ZoneSet zones = ZoneSet.Empty;
    private Zone? catalog;

    /// <summary>Names in <c>--notify</c> that are no keys, one sentence each.</summary>
    public ImmutableArray<string> Troubles =>
        [.. given.Where(peer => peer.Key is not null && keys.Current.Find(peer.Key) is null)
            .Select(peer => $"--notify {peer}: there is no key {peer.Key!.ToStringWithoutFinalDot()}, so the message is not signed; add it to the file of --keys")];

    /// <summary>Tells of the zones that are new in this state, or have another version.</summary>
    public void Announce(ServedState next, ZoneSet nextZones, Zone? nextCatalog = null)
    {
        lock (gate)
        {
            (state, zones, catalog) = (next, nextZones, nextCatalog);
            var targets = Targets();
            var now = new Dictionary<DomainName, (Zone Zone, NotifyZone Notice)>(next.Zones.Count);
            var changed = new List<NotifyZone>();
            foreach (var (zone, hints) in All())
            {
                if (!told.TryGetValue(zone.Apex, out var entry) || !ReferenceEquals(entry.Zone, zone))
                {
                    entry = (zone, Find(targets, zone, hints));
                    changed.Add(entry.Notice);
                }
                now.Add(zone.Apex, entry);
            }
            var removed = told.Keys.Where(apex => !now.ContainsKey(apex)).Order().ToSeq();
            told = now;
            if (removed.Count > 0)
                driver.Take(new NotifyInput.Removed(removed));
            if (changed.Count > 0)
                driver.Take(new NotifyInput.Changed(changed.ToSeq()));
        }
    }

    /// <summary>Tells those who are new because keys changed, and those whose key is another now.</summary>
    public void KeysChanged()
    {
        lock (gate)
        {
            var targets = Targets();
            var changed = new List<NotifyZone>();
            foreach (var (zone, hints) in All())
            {
                var (before, notice) = (told[zone.Apex].Notice, Find(targets, zone, hints));
                told[zone.Apex] = (zone, notice);
                if (notice.Targets.Except(before.Targets).ToSeq() is { Count: > 0 } added)
                    changed.Add(notice with { Targets = added, Names = [] });
            }
            if (changed.Count > 0)
                driver.Take(new NotifyInput.Changed(changed.ToSeq()));
        }
    }

    /// <summary>The zones, and their catalog unless a zone has its name.</summary>
    private IEnumerable<(Zone Zone, Seq<NotifyHint> Hints)> All()
    {
        var all = state.Zones.Values.Select(version => (version.Zone, version.Hints));
        return catalog is null || state.Zones.ContainsKey(catalog.Apex) ? all : all.Append((catalog, []));
    }

    /// <summary>A catalog has name servers for form's sake: nobody looks for their addresses.</summary>
    private NotifyZone Find(NotifyTargets targets, Zone zone, Seq<NotifyHint> hints) =>
        ReferenceEquals(zone, catalog) ? targets.Find(zone, hints) with { Names = [] } : targets.Find(zone, hints);

    private NotifyTargets Targets()
    {
        var known = keys.Current;
        return new(zones, known, [.. given.Select(peer => new NotifyTarget(peer.Endpoint, peer.Key is null ? null : known.Find(peer.Key)))], onlyLoopback, own);
    }
}
