using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Notify;

/// <summary>What a <see cref="Notifier"/> wants done, or said.</summary>
public abstract record NotifyOutput
{
    private NotifyOutput()
    {
    }

    /// <summary>Send a NOTIFY of this version.</summary>
    /// <param name="To">To whom, and signed with what.</param>
    /// <param name="Zone">What it is about.</param>
    /// <param name="Attempt">Messages about the zone since the server answered last, counted from 1. From 2 on it repeats the one before, unless the zone has changed since.</param>
    public sealed record Send(NotifyTarget To, NotifyZone Zone, int Attempt) : NotifyOutput;

    /// <summary>Ask the system's resolver for the addresses of this name.</summary>
    public sealed record Resolve(DomainName Name) : NotifyOutput;

    /// <summary>The server knows of this version.</summary>
    public sealed record Acknowledged(IpEndpoint By, DomainName Zone, Serial Serial, ResponseCode Code) : NotifyOutput;

    /// <summary>The server never answered: it will see the version when it looks for itself.</summary>
    public sealed record GaveUp(IpEndpoint On, DomainName Zone, Serial Serial) : NotifyOutput;

    /// <summary>The name has no address that could be found.</summary>
    public sealed record NotResolved(DomainName Name) : NotifyOutput;
}
