using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Notify;

/// <summary>Tells secondaries that zones have changed, until each has answered or is given up.</summary>
/// <remarks>
/// Source: RFC 1996 §3. A mutable engine with one owner. To one server a bounded number of messages is on the way at once.
/// While a message about a zone is not answered, newer versions of the zone wait: the newest is sent as soon as the answer
/// comes, or after the first wait, however long the repetition would have been waited for: a server that was away hears of a
/// change at once. So a zone that changes all the time costs one message for each round trip, or each first wait.
/// </remarks>
public sealed class Notifier
{
    private static readonly TimeSpan ForgetTroubleAfter = TimeSpan.FromDays(1);

    private readonly NotifyOptions options;
    private readonly SortedDictionary<IpEndpoint, NotifyQueue> queues = [];
    private readonly NotifyNames names;
    private readonly PriorityQueue<(IpEndpoint To, DomainName Zone, long Ticket), (Elapsed At, long Ticket)> retries = new();
    private long tickets;

    /// <summary>Starts with nobody to tell.</summary>
    public Notifier(NotifyOptions? options = null)
    {
        this.options = options ?? new();
        names = new(this.options);
    }

    /// <summary>When to step with a <see cref="NotifyInput.Tick"/>; null when nothing is waited for.</summary>
    public Elapsed? WakeAt
    {
        get
        {
            var retry = retries.TryPeek(out _, out var at) ? at.At : (Elapsed?)null;
            return names.WakeAt is { } resolve && !(retry <= resolve) ? resolve : retry;
        }
    }

    /// <summary>Every server that is being told, or was given up, in the order of addresses.</summary>
    public IEnumerable<NotifyPeer> Peers => queues.Values.Select(queue => queue.Describe());

    /// <summary>Takes an input.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">Never before the last.</param>
    /// <param name="outputs">Receives what is to be done, in order.</param>
    public void Step(NotifyInput input, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        switch (input)
        {
            case NotifyInput.Changed(var zones):
                foreach (var zone in zones)
                    Announce(zone, now, outputs);
                break;
            case NotifyInput.Removed(var zones): Remove(zones, now, outputs); break;
            case NotifyInput.Answered answered: Take(answered, now, outputs); break;
            case NotifyInput.Resolved(var name, var addresses): Tell(names.Take(name, addresses, now, outputs), now, outputs); break;
            case NotifyInput.Tick: Retry(now, outputs); break;
            default: throw new UnreachableException();
        }
        names.Ask(outputs);
        foreach (var idle in queues.Where(entry => entry.Value.IsForgettable(now - ForgetTroubleAfter)).Select(entry => entry.Key).ToList())
            queues.Remove(idle);
    }

    private void Announce(NotifyZone zone, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        foreach (var target in zone.Targets)
            Tell(target, zone, now, outputs);
        Tell(names.Find(zone, now), now, outputs);
    }

    /// <summary>Tells those whose addresses the resolver found, unless the zone names the same address itself.</summary>
    private void Tell(IEnumerable<(NotifyZone Zone, IpAddress Address)> found, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        foreach (var (zone, address) in found)
        {
            var endpoint = new IpEndpoint(address, NotifyTarget.Port);
            if (!zone.Targets.Any(target => target.Endpoint == endpoint))
                Tell(new NotifyTarget(endpoint, Key: null), zone, now, outputs);
        }
    }

    private void Tell(NotifyTarget target, NotifyZone zone, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        if (!queues.TryGetValue(target.Endpoint, out var queue))
            queues.Add(target.Endpoint, queue = new(target.Endpoint));
        if (queue.Add(target, zone) is { } sent)
            retries.Enqueue((target.Endpoint, zone.Apex, sent.Ticket), (sent.SentAt + options.FirstWait, sent.Ticket));
        Pump(queue, now, outputs);
    }

    private void Take(NotifyInput.Answered answered, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        if (!queues.TryGetValue(answered.By, out var queue) || queue.TakeAnswer(answered.Zone, answered.Code, now) is not { } zone)
            return;
        outputs.Add(new NotifyOutput.Acknowledged(answered.By, answered.Zone, zone.Soa.Serial, answered.Code));
        Pump(queue, now, outputs);
    }

    private void Remove(Seq<DomainName> zones, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        foreach (var zone in zones)
        {
            names.Remove(zone);
            foreach (var queue in queues.Values)
                queue.Remove(zone);
        }
        foreach (var queue in queues.Values)
            Pump(queue, now, outputs);
    }

    private void Retry(Elapsed now, ICollection<NotifyOutput> outputs)
    {
        names.Retry(now);
        while (retries.TryPeek(out var retry, out var at) && at.At <= now)
        {
            retries.Dequeue();
            if (!queues.TryGetValue(retry.To, out var queue) || queue.FindSent(retry.Zone, retry.Ticket) is not { } message)
                continue; // answered meanwhile
            if (message.SendsOfVersion < options.MaxSends || message.Newer is not null)
            {
                Send(message, now, outputs);
                continue;
            }
            outputs.Add(new NotifyOutput.GaveUp(retry.To, retry.Zone, message.Zone.Soa.Serial));
            queue.GiveUp(message, now);
            Pump(queue, now, outputs);
        }
    }

    private void Pump(NotifyQueue queue, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        while (queue.TrySend(options.Window, out var message))
            Send(message, now, outputs);
    }

    private void Send(NotifyMessage message, Elapsed now, ICollection<NotifyOutput> outputs)
    {
        message.Renew(++tickets, now);
        retries.Enqueue((message.Target.Endpoint, message.Zone.Apex, message.Ticket), (now + (options.FirstWait * (1L << (message.SendsOfVersion - 1))), message.Ticket));
        outputs.Add(new NotifyOutput.Send(message.Target, message.Zone, message.Sends));
    }
}
