using Riad.Core;
using Riad.Net.Machine;
using Riad.Net.Netlink;

namespace Riad.Net.Tests.Machine;

public sealed class RouterNameServersTests
{
    private RouterNameServers named = RouterNameServers.None;

    [Fact]
    public void Each_resolver_ends_with_its_own_time()
    {
        Hear(0, 60, 1, 2);
        Hear(10, 100, 2, 3);

        Assert.Equal(("1 2 3", Elapsed.FromSeconds(60)), (Of(2), named.WakeAt));
        named = named.After(Elapsed.FromSeconds(60));
        Assert.Equal(("2 3", Elapsed.FromSeconds(110)), (Of(2), named.WakeAt));
        named = named.After(Elapsed.FromSeconds(110));
        Assert.Equal(("", null), (Of(2), named.WakeAt));
    }

    [Fact]
    public void A_router_takes_back_what_it_names_with_no_time_and_nothing_else()
    {
        Hear(0, 60, 1, 2);
        Hear(1, 0, 1, 3);

        Assert.Equal("2", Of(2));
    }

    [Fact]
    public void What_is_named_for_ever_stays()
    {
        Hear(0, null, 1);

        Assert.Equal(("1", null), (Of(2), named.WakeAt));
    }

    [Fact]
    public void Interfaces_are_kept_apart()
    {
        Hear(0, 60, 1);
        named = named.With(new RouteEvent.NameServers(3, [new(0, 9)], TimeSpan.FromSeconds(5)), default);

        Assert.Equal(("1", "9"), (Of(2), Of(3)));
    }

    [Fact]
    public void A_router_that_names_more_and_more_fills_no_memory()
    {
        for (uint server = 1; server <= 100; server++)
            Hear(server, null, server);

        Assert.Equal("85 86 87 88 89 90 91 92 93 94 95 96 97 98 99 100", Of(2));
    }

    private void Hear(double at, double? seconds, params uint[] servers) => named = named.With(
        new RouteEvent.NameServers(2, servers.Select(server => new IPv6Address(0, server)).ToSeq(), seconds is { } span ? TimeSpan.FromSeconds(span) : null), Elapsed.FromSeconds(at));

    private string Of(uint index) => string.Join(' ', named.Of(index).Select(server => server.Lower));
}
