using System.Collections.Immutable;
using Riad.Core;
using Riad.Net.Netlink;

namespace Riad.Net.Machine;

/// <summary>The resolvers that routers name, each for as long as it was given.</summary>
/// <remarks>
/// A value without a clock. Source: RFC 8106 §5.3.1 and §6.2: what one router names stands beside what another does, and
/// ends with its own time. Of each interface the newest sixteen are kept, so that nobody fills the memory.
/// </remarks>
public sealed record RouterNameServers
{
    private const int MaxServers = 16;

    /// <summary>Of nobody.</summary>
    public static readonly RouterNameServers None = new();

    private RouterNameServers()
    {
    }

    // In the order in which they were heard first; null is for ever.
    private sealed record Named(uint Index, IPv6Address Server, Elapsed? Until);

    private ImmutableList<Named> All { get; init; } = [];

    /// <summary>When the next is over; null when none is.</summary>
    public Elapsed? WakeAt => All.Min(named => named.Until);

    /// <summary>The resolvers of an interface, in the order in which they were heard first.</summary>
    public IEnumerable<IPv6Address> Of(uint index) => All.Where(named => named.Index == index).Select(named => named.Server);

    /// <summary>Takes what a router says.</summary>
    public RouterNameServers With(RouteEvent.NameServers heard, Elapsed now)
    {
        var all = All;
        foreach (var server in heard.Servers)
        {
            var at = all.FindIndex(named => named.Index == heard.Index && named.Server == server);
            var named = new Named(heard.Index, server, heard.Lifetime is { } span ? now + span : null);
            all = at < 0 ? all.Add(named) : all.SetItem(at, named);
        }
        var next = (this with { All = all }).After(now);
        var excess = next.All.Where(named => named.Index == heard.Index).SkipLast(MaxServers);
        return next with { All = next.All.RemoveRange(excess) };
    }

    /// <summary>Those of all other interfaces.</summary>
    public RouterNameServers Without(uint index) => this with { All = All.RemoveAll(named => named.Index == index) };

    /// <summary>Those that are not over.</summary>
    public RouterNameServers After(Elapsed now) => this with { All = All.RemoveAll(named => named.Until <= now) };
}
