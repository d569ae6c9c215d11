using Riad.Core;

namespace Riad.Dns.Notify;

/// <summary>One zone that one server is to be told of.</summary>
internal sealed class NotifyMessage(NotifyTarget target, NotifyZone zone)
{
    /// <summary>To whom.</summary>
    public NotifyTarget Target { get; private set; } = target;

    /// <summary>The version that was sent last, or is to be sent first.</summary>
    public NotifyZone Zone { get; private set; } = zone;

    /// <summary>How many messages about the zone were sent without an answer, of whatever version; 0 while it waits for its turn.</summary>
    public int Sends { get; private set; }

    /// <summary>How many of them were of this version: patience begins anew with each.</summary>
    public int SendsOfVersion { get; private set; }

    /// <summary>When the last of them was sent.</summary>
    public Elapsed SentAt { get; private set; }

    /// <summary>Of the last sending, so that an older timer is known.</summary>
    public long Ticket { get; private set; }

    /// <summary>A version that came after the one that was sent; null when there is none.</summary>
    public (NotifyTarget Target, NotifyZone Zone)? Newer { get; private set; }

    /// <summary>Takes another version: at once while it waits for its turn, else it is sent after the answer, or a little later.</summary>
    public void Supersede(NotifyTarget target, NotifyZone zone)
    {
        if (Sends == 0)
            (Target, Zone) = (target, zone);
        else
            Newer = (target, zone);
    }

    /// <summary>Counts a sending, of the newest version.</summary>
    public void Renew(long ticket, Elapsed now)
    {
        (Ticket, SentAt) = (ticket, now);
        Sends++;
        SendsOfVersion++;
        if (Newer is var (target, zone))
            (Target, Zone, Newer, SendsOfVersion) = (target, zone, null, 1);
    }
}
