namespace Riad.Dns.Zones;

/// <summary>Gives new zones the lowest indexes that no zone of a set has.</summary>
internal sealed class FreePlaces
{
    private readonly HashSet<int> taken;
    private int next;

    public FreePlaces(IEnumerable<ServedZone> zones) => taken = [.. zones.Select(zone => zone.Place.Index)];

    public ZonePlace Take()
    {
        while (taken.Contains(next))
            next++;
        return new(next++);
    }
}
