namespace Riad.Dns.Zones;

/// <summary>Where each thread counts the queries of a zone: the same from version to version, until the zone is removed.</summary>
/// <remarks>A zone that comes later may get the same index, but never the same object: what was counted for another is not its own.</remarks>
/// <param name="index">Lower than the most zones that were ever served at once.</param>
internal sealed class ZonePlace(int index)
{
    public int Index { get; } = index;
}
