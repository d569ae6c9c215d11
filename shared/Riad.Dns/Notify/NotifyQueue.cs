using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Notify;

/// <summary>What one server is to be told: some messages on the way, the rest in the order in which the zones changed.</summary>
internal sealed class NotifyQueue(IpEndpoint endpoint)
{
    private readonly Dictionary<DomainName, NotifyMessage> messages = [];
    private readonly Queue<NotifyMessage> waiting = new();
    private readonly HashSet<NotifyMessage> sent = []; // few, where very many wait
    private int gaveUp;
    private Elapsed troubledAt;
    private ResponseCode? refusedWith;

    /// <summary>Takes a version of a zone, in place of an older one that was not sent yet.</summary>
    /// <returns>The message that is on the way, when this version is the first to wait for its answer; else null.</returns>
    public NotifyMessage? Add(NotifyTarget target, NotifyZone zone)
    {
        if (messages.TryGetValue(zone.Apex, out var message))
        {
            var isFirst = message is { Sends: > 0, Newer: null };
            message.Supersede(target, zone);
            return isFirst ? message : null;
        }
        messages.Add(zone.Apex, message = new(target, zone));
        waiting.Enqueue(message);
        return null;
    }

    /// <summary>The next message, when fewer than so many are on the way.</summary>
    public bool TrySend(int window, [NotNullWhen(true)] out NotifyMessage? message)
    {
        message = null;
        while (sent.Count < window && waiting.TryDequeue(out var next))
        {
            if (!ReferenceEquals(messages.GetValueOrDefault(next.Zone.Apex), next))
                continue; // the zone is gone
            sent.Add(next);
            message = next;
            return true;
        }
        return false;
    }

    /// <summary>The message about a zone, if the ticket is that of its last sending.</summary>
    public NotifyMessage? FindSent(DomainName zone, long ticket) =>
        messages.TryGetValue(zone, out var message) && message.Ticket == ticket ? message : null;

    /// <summary>Takes an answer; gives the version that the server knows now, or null when nothing was asked.</summary>
    public NotifyZone? TakeAnswer(DomainName zone, ResponseCode code, Elapsed now)
    {
        if (!messages.TryGetValue(zone, out var message) || message.Sends == 0)
            return null;
        (gaveUp, refusedWith, troubledAt) = (0, code is ResponseCode.NoError ? null : code, now);
        End(message);
        return message.Zone;
    }

    public void GiveUp(NotifyMessage message, Elapsed now)
    {
        End(message);
        gaveUp++;
        troubledAt = now;
    }

    public void Remove(DomainName zone)
    {
        if (messages.Remove(zone, out var message))
            sent.Remove(message);
    }

    /// <summary>True when nothing is left to say, nor, since that time, to complain of.</summary>
    public bool IsForgettable(Elapsed since) => messages.Count == 0 && ((gaveUp == 0 && refusedWith is null) || troubledAt < since);

    public NotifyPeer Describe() =>
        new(endpoint, messages.Count, sent.Select(message => message.Sends).DefaultIfEmpty().Max(), gaveUp, refusedWith);

    /// <summary>A version that came meanwhile begins anew.</summary>
    private void End(NotifyMessage message)
    {
        Remove(message.Zone.Apex);
        if (message.Newer is var (target, newer))
            Add(target, newer);
    }
}
