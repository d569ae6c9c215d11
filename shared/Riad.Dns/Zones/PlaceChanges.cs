namespace Riad.Dns.Zones;

/// <summary>Where the next version of a zone stores names otherwise than the version before.</summary>
/// <param name="before">The version before.</param>
internal sealed class PlaceChanges(Zone before)
{
    /// <summary>The version before.</summary>
    public Zone Before => before;

    /// <summary>Places of the version before that the next does not have.</summary>
    public HashSet<uint> Gone { get; } = [];

    /// <summary>Places of the next version that the one before does not have.</summary>
    public List<uint> Come { get; } = [];
}
