using Riad.Dns.Io;
using Riad.Dns.Server;
using Riad.Dns.Zones;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Turns what is served into what queries are answered from. The zones of one change appear together.</summary>
/// <param name="options">How queries are answered.</param>
/// <param name="catalog">Makes the catalog of what is served; null for none.</param>
internal sealed class ServedAuthority(ServerOptions options, Func<ServedState, Zone>? catalog = null)
{
    private readonly Lock gate = new();
    private ServedState last = ServedState.Empty;
    private ServerDriver? driver;

    /// <summary>The newest.</summary>
    public Authority Current { get; private set; } = new(ZoneSet.Empty, options);

    /// <summary>Lets a driver answer from here, now and after every change.</summary>
    public void Attach(ServerDriver next)
    {
        driver = next;
        next.Authority = Current;
    }

    /// <summary>Lets every thread answer from this state, beginning with its next batch.</summary>
    public void Serve(ServedState state)
    {
        lock (gate)
            Swap(last = state);
    }

    /// <summary>Lets every thread answer from the same state again, where something else changed that answers are made of.</summary>
    public void ServeAgain()
    {
        lock (gate)
            Swap(last);
    }

    private void Swap(ServedState state)
    {
        var before = Current.Zones;
        // One copy for everything: its cost grows with the number of zones, whatever changed.
        var zones = before.WithChanges(
            state.Zones.Values.Select(version => version.Zone).Where(zone => !ReferenceEquals(before.Find(zone.Apex)?.Zone, zone)),
            state.NeverGood.Where(apex => before.Find(apex) is not { Zone: null }).Select(apex => (apex, ZoneAbsence.Invalid)),
            before.Zones.Where(zone => !state.Zones.ContainsKey(zone.Apex)).Select(zone => zone.Apex).Except(state.NeverGood).ToList());
        Current = new(zones, options) { ForPeers = catalog is null ? null : new(ZoneSet.Empty.With(catalog(state)), options) };
        if (driver is not null)
            driver.Authority = Current;
    }
}
