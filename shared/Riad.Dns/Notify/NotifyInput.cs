using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Notify;

/// <summary>What a <see cref="Notifier"/> is told.</summary>
public abstract record NotifyInput
{
    private NotifyInput()
    {
    }

    /// <summary>These zones have new versions.</summary>
    public sealed record Changed(Seq<NotifyZone> Zones) : NotifyInput;

    /// <summary>These zones are no longer served: nobody needs to be told of their last version.</summary>
    public sealed record Removed(Seq<DomainName> Zones) : NotifyInput;

    /// <summary>The server answered the message that was sent last, in whatever way: it knows.</summary>
    public sealed record Answered(IpEndpoint By, DomainName Zone, ResponseCode Code) : NotifyInput;

    /// <summary>The system's resolver answered; no address means that it found none.</summary>
    public sealed record Resolved(DomainName Name, Seq<IpAddress> Addresses) : NotifyInput;

    /// <summary>The time of <see cref="Notifier.WakeAt"/> has come.</summary>
    public sealed record Tick : NotifyInput;
}
