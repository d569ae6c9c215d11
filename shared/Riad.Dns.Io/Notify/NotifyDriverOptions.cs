using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Notify;

namespace Riad.Dns.Io;

/// <summary>What a <see cref="NotifyDriver"/> uses, besides the network.</summary>
public sealed record NotifyDriverOptions
{
    /// <summary>How patient it is.</summary>
    public NotifyOptions Patience { get; init; } = new();

    /// <summary>The addresses that messages are sent from; 0.0.0.0 and [::] let the system choose. Secondaries look at them.</summary>
    public IpAddress Source { get; init; }

    /// <summary>As <see cref="Source"/>, for IPv6.</summary>
    public IpAddress SourceIPv6 { get; init; } = new(default(IPv6Address));

    /// <summary>Finds the addresses of a name server elsewhere; none when there is none, or nobody knows now.</summary>
    public Func<DomainName, CancellationToken, Task<Seq<IpAddress>>> Resolve { get; init; } = SystemResolver.ResolveAsync;

    /// <summary>Told what a person may want to read: acknowledgements, and who was given up. Called from one task at a time.</summary>
    public Action<NotifyOutput> Tell { get; init; } = static _ => { };
}
