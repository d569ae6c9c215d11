using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Notify;

/// <summary>Name servers whose addresses the system's resolver is asked for, and the zones that wait for them.</summary>
internal sealed class NotifyNames(NotifyOptions options)
{
    private const int MaxKnown = 10_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<DomainName, (Seq<IpAddress> Addresses, Elapsed Until)> known = [];
    private readonly SortedDictionary<DomainName, Waiting> waiting = [];
    private readonly SortedSet<DomainName> ready = []; // those of them that may be asked for now
    private int asked;

    /// <summary>When a name is to be asked for again; null when none is.</summary>
    public Elapsed? WakeAt => waiting.Values.Where(name => name.RetryAt is not null).Select(name => name.RetryAt).DefaultIfEmpty().Min();

    /// <summary>The addresses that are known already; the zone waits for the others.</summary>
    public IEnumerable<(NotifyZone Zone, IpAddress Address)> Find(NotifyZone zone, Elapsed now)
    {
        foreach (var name in zone.Names)
        {
            if (known.TryGetValue(name, out var found) && found.Until > now)
            {
                foreach (var address in found.Addresses)
                    yield return (zone, address);
                continue;
            }
            if (!waiting.TryGetValue(name, out var entry))
            {
                waiting.Add(name, entry = new());
                ready.Add(name);
            }
            entry.Zones[zone.Apex] = zone;
        }
    }

    /// <summary>Asks for names whose turn it is, a bounded number at once.</summary>
    public void Ask(ICollection<NotifyOutput> outputs)
    {
        while (asked < options.MaxResolving && ready.Min is { } name)
        {
            ready.Remove(name);
            if (!waiting.TryGetValue(name, out var entry))
                continue; // no zone has it any more
            asked++;
            entry.Questions++;
            outputs.Add(new NotifyOutput.Resolve(name));
        }
    }

    /// <summary>Takes what the resolver found, once for each question; gives the zones that waited for it.</summary>
    public IEnumerable<(NotifyZone Zone, IpAddress Address)> Take(DomainName name, Seq<IpAddress> addresses, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        asked--;
        if (!waiting.TryGetValue(name, out var entry))
            return [];
        if (addresses.Count > 0)
        {
            waiting.Remove(name);
            if (known.Count >= MaxKnown)
                known.Clear();
            known[name] = (addresses, now + options.ResolvedFor);
            return [.. entry.Zones.Values.SelectMany(zone => addresses.Select(address => (zone, address)))];
        }
        if (entry.Questions < options.MaxResolutions)
        {
            entry.RetryAt = now + (FirstWait * (1L << (entry.Questions - 1)));
            return [];
        }
        waiting.Remove(name);
        outputs.Add(new NotifyOutput.NotResolved(name));
        return [];
    }

    /// <summary>Lets names be asked for again whose time has come.</summary>
    public void Retry(Elapsed now)
    {
        foreach (var (name, entry) in waiting.Where(entry => entry.Value.RetryAt <= now))
        {
            entry.RetryAt = null;
            ready.Add(name);
        }
    }

    /// <summary>A zone waits no longer.</summary>
    public void Remove(DomainName zone)
    {
        foreach (var (name, entry) in waiting.Where(entry => entry.Value.Zones.ContainsKey(zone)).ToList())
        {
            entry.Zones.Remove(zone);
            if (entry.Zones.Count == 0)
                waiting.Remove(name);
        }
    }

    private sealed class Waiting
    {
        public SortedDictionary<DomainName, NotifyZone> Zones { get; } = [];

        public int Questions { get; set; }

        public Elapsed? RetryAt { get; set; }
    }
}
