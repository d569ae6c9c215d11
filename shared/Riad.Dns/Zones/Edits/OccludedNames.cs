using Riad.Dns.Names;

namespace Riad.Dns.Zones.Edits;

/// <summary>Finds the names below some others, by looking at every name of the zone.</summary>
internal static class OccludedNames
{
    private const int AlwaysTouched = 1000;

    /// <summary>Touches all names of the base that lie below some names.</summary>
    /// <param name="names">Those that the edit touches.</param>
    /// <param name="above">The hashes of the names above.</param>
    /// <returns>False when they are a large part of the zone: then not all of them were touched.</returns>
    public static bool TryTouch(EditedNames names, HashSet<ulong> above)
    {
        var zone = names.Zone;
        var path = new NamePath();
        var owner = new byte[NameOctets.MaxLength];
        var most = names.Count + Math.Max(AlwaysTouched, zone.NameCount / 4);
        foreach (var name in zone.Nodes)
        {
            var wire = owner.AsSpan(0, name.CopyOwner(owner));
            path.Set(wire);
            if (!IsBelow(path, path.LabelCount - zone.ApexLabelCount, above))
                continue;
            names.Touch(wire);
            if (names.Count > most)
                return false;
        }
        return true;
    }

    private static bool IsBelow(NamePath path, int relativeLabels, HashSet<ulong> above)
    {
        for (var label = 1; label <= relativeLabels; label++)
        {
            if (above.Contains(path.Hash(label)))
                return true;
        }
        return false;
    }
}
