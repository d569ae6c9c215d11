using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Records;
using Riad.Dns.Updates;
using Riad.ZoneRepository.Differences;

namespace Riad.ZoneRepository.Updates;

/// <summary>From what changed in a zone to what is to be changed in its text.</summary>
internal static class TextChanges
{
    /// <summary>The changes of the text.</summary>
    /// <param name="changes">Of the zone as it is served.</param>
    /// <param name="written">The serial that the text has now; the served one may be another.</param>
    /// <param name="hasOneTtl">Whether the lines of each set are known to have one TTL, the served one.</param>
    public static IReadOnlyList<MasterChange> Of(Seq<SetChange> changes, Serial written, bool hasOneTtl) => [.. changes.SelectMany(change => Of(change, written, hasOneTtl))];

    /// <summary>A record that comes for one that goes takes its place, so that the difference of the text is one line.</summary>
    private static IEnumerable<MasterChange> Of(SetChange change, Serial written, bool hasOneTtl)
    {
        var (removed, added) = (change.Removed, change.Added);
        var pairs = Math.Min(removed.Count, added.Count);
        for (var i = 0; i < pairs; i++)
        {
            var old = change.Type == RrTypes.Soa ? SoaOctets.WithSerial(removed[i], written) : removed[i];
            yield return new MasterChange.Replace(change.Owner, change.Type, old, added[i]);
        }
        foreach (var data in removed.Skip(pairs))
            yield return new MasterChange.Remove(change.Owner, change.Type, data);
        foreach (var data in added.Skip(pairs))
            yield return new MasterChange.Add(change.Owner, change.Type, change.NewTtl, data);
        // Also where the TTL stays: the lines may have several, of which the lowest was served.
        if (change is { Old.Count: > 0, New.Count: > 0 } && !(hasOneTtl && change.OldTtl == change.NewTtl))
            yield return new MasterChange.SetTtl(change.Owner, change.Type, change.NewTtl, change.Old.Count);
    }
}
