using Riad.Core;
using Riad.Dns.Names;
using Riad.Git.Objects;

namespace Riad.DnsPrimaryGit.Pages;

/// <summary>What pages show of zones' histories, for as long as the journal stays where it is: reading one goes through thousands of entries. Safe from any thread.</summary>
internal sealed class KnownVersions
{
    /// <summary>Beyond so many zones the first are forgotten: a page has at most fifty rows.</summary>
    public const int MostZones = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<DomainName, Seq<ZoneVersion>> known = [];
    private readonly Queue<DomainName> order = new();
    private ObjectId journal;

    /// <summary>Finds the versions of a zone.</summary>
    /// <param name="tip">Where the journal is now.</param>
    /// <param name="apex">The zone.</param>
    /// <param name="versions">Empty when they are not known.</param>
    public bool TryFind(ObjectId tip, DomainName apex, out Seq<ZoneVersion> versions)
    {
        lock (gate)
        {
            versions = [];
            return tip == journal && known.TryGetValue(apex, out versions);
        }
    }

    /// <summary>Keeps them. Those of another place of the journal are forgotten.</summary>
    public void Keep(ObjectId tip, DomainName apex, Seq<ZoneVersion> versions)
    {
        lock (gate)
        {
            if (tip != journal)
            {
                known.Clear();
                order.Clear();
                journal = tip;
            }
            if (known.TryAdd(apex, versions))
                order.Enqueue(apex);
            if (order.Count > MostZones)
                known.Remove(order.Dequeue());
        }
    }
}
