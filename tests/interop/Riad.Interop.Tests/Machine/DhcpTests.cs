using Xunit;

namespace Riad.Interop.Tests.Machine;

/// <summary>The network part of a machine's first process with dnsmasq as its DHCP server, each in a network of its own.</summary>
public sealed class DhcpTests : IDisposable
{
    private const string Expected = "192.0.2.50/24";

    private readonly Wire wire = new();

    [NamespaceFact("dnsmasq")]
    public void A_lease_is_taken_renewed_taken_to_another_server_and_changed_by_it()
    {
        wire.OnServer("ip", "address", "add", "192.0.2.1/24", "dev", "wire");
        // T1 after 5 s and T2 after 6: who kept them is long done when the lease of two minutes ends.
        string[] times = ["--dhcp-option=option:T1,5", "--dhcp-option=option:T2,6"];
        var first = StartDhcp("192.0.2", ["--dhcp-option=option:mtu,1400", "--dhcp-option=option:dns-server,192.0.2.53", "--dhcp-option=option:domain-name,example.org", .. times]);
        var machine = wire.StartMachine("ipv6=none\nipv4-gateway=192.0.2.254\nnameserver=203.0.113.53\n");

        UntilAddress(Expected);
        UntilRoutes("default via 192.0.2.1 dev eth0", "default via 192.0.2.254 dev eth0");
        wire.Until("the resolvers of both", () => wire.Resolvers == "nameserver 203.0.113.53\nnameserver 192.0.2.53\nsearch example.org\n");
        Assert.Equal("1400", Mtu());
        wire.Until("renewed twice", () => first.Count("DHCPACK(wire) 192.0.2.50") >= 3);
        Assert.Equal(1, machine.Count("192.0.2.50/24 by 192.0.2.1"));

        first.Kill();
        wire.OnServer("ip", "address", "flush", "dev", "wire");
        wire.OnServer("ip", "address", "add", "192.0.2.2/24", "dev", "wire");
        var second = StartDhcp("192.0.2", times);

        wire.Until("taken over", () => second.Says("DHCPACK(wire) 192.0.2.50"));
        // It says nothing about the MTU and is the router itself. The way that the operator set is still there.
        UntilRoutes("default via 192.0.2.2 dev eth0", "default via 192.0.2.254 dev eth0");
        wire.Until("packets of 1500", () => Mtu() == "1500");
        wire.Until("without the old router", () => !Routes().Contains("192.0.2.1 ", StringComparison.Ordinal));
    }

    [NamespaceFact("dnsmasq", Long = true)]
    public void A_lease_that_nobody_renews_ends_with_all_that_it_brought()
    {
        wire.OnServer("ip", "address", "add", "192.0.2.1/24", "dev", "wire");
        var server = StartDhcp("192.0.2", ["--dhcp-option=option:dns-server,192.0.2.53"]);
        // Two minutes within six seconds.
        var machine = wire.StartMachine("ipv6=none\n", speed: 20);
        UntilAddress(Expected);
        server.Kill();

        wire.Until("said", () => machine.Says("192.0.2.50 is over"));
        wire.Until("without an address", () => !Addresses().Contains("inet ", StringComparison.Ordinal));
        Assert.Equal("", Routes());
        wire.Until("without resolvers", () => wire.Resolvers.Length == 0);

        StartDhcp("192.0.2");
        UntilAddress(Expected);
    }

    [NamespaceFact("dnsmasq", Long = true)]
    public void An_address_that_another_has_is_declined()
    {
        wire.OnServer("ip", "address", "add", "192.0.2.1/24", "dev", "wire");
        // A stranger on the Ethernet: the kernel answers ARP for whatever it has, on any interface.
        wire.OnServer("ip", "address", "add", "192.0.2.50/32", "dev", "lo");
        var server = StartDhcp("192.0.2");
        var machine = wire.StartMachine("ipv6=none\n");

        wire.Until("declined", () => server.Says("DHCPDECLINE(wire) 192.0.2.50"));
        wire.Until("given another", () => machine.Says("from DHCP for"));
        Assert.Contains("eth0: 192.0.2.50 from DHCP is in use by another", machine.Log, StringComparison.Ordinal);
        wire.Until("with another address", () => Addresses().Contains("inet 192.0.2.", StringComparison.Ordinal));
        Assert.DoesNotContain("192.0.2.50/", Addresses(), StringComparison.Ordinal);
    }

    [NamespaceFact("dnsmasq")]
    public void A_cable_that_goes_to_another_network_brings_another_lease_at_once()
    {
        wire.OnServer("ip", "address", "add", "192.0.2.1/24", "dev", "wire");
        var first = StartDhcp("192.0.2");
        wire.StartMachine("ipv6=none\n");
        UntilAddress(Expected);

        wire.OnServer("ip", "link", "set", "wire", "down");
        wire.OnServer("ip", "link", "set", "wire", "up");
        wire.Until("asked whether it may stay", () => first.Count("DHCPACK(wire) 192.0.2.50") >= 2);

        wire.OnServer("ip", "link", "set", "wire", "down");
        first.Kill();
        wire.OnServer("ip", "address", "flush", "dev", "wire");
        wire.OnServer("ip", "address", "add", "198.51.100.1/24", "dev", "wire");
        var second = StartDhcp("198.51.100");
        wire.OnServer("ip", "link", "set", "wire", "up");

        wire.Until("refused", () => second.Says("DHCPNAK(wire) 192.0.2.50"));
        UntilAddress("198.51.100.50/24");
        Assert.DoesNotContain("192.0.2.", Addresses() + Routes(), StringComparison.Ordinal);
    }

    [NamespaceFact("dnsmasq")]
    public void Ways_by_prefix_hold_in_place_of_routers_and_the_address_is_given_back_at_the_end()
    {
        wire.OnServer("ip", "address", "add", "192.0.2.1/24", "dev", "wire");
        var server = StartDhcp("192.0.2", ["--dhcp-option=121,198.51.100.0/24,192.0.2.2,203.0.113.0/24,0.0.0.0,0.0.0.0/0,192.0.2.1", "--dhcp-option=option:router,192.0.2.9"]);
        var machine = wire.StartMachine("ipv6=none\n");

        UntilRoutes("default via 192.0.2.1 dev eth0", "198.51.100.0/24 via 192.0.2.2 dev eth0", "203.0.113.0/24 dev eth0");
        Assert.DoesNotContain("192.0.2.9", Routes(), StringComparison.Ordinal);

        machine.Signal("TERM");
        wire.Until("given back", () => server.Says("DHCPRELEASE(wire) 192.0.2.50"));
        wire.Until("ended", () => machine.HasEnded);
        Assert.DoesNotContain("inet ", Addresses(), StringComparison.Ordinal);
        Assert.Equal("", Routes());
    }

    public void Dispose() => wire.Dispose();

    private WireProgram StartDhcp(string network, string[]? options = null)
    {
        File.Delete(wire.FileOf("leases"));
        var server = wire.StartServer([
            "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--interface=wire", "--bind-dynamic", "--user=root", "--pid-file=", "--log-facility=-", "--log-dhcp", "--no-ping", "--dhcp-authoritative",
            $"--dhcp-leasefile={wire.FileOf("leases")}", $"--dhcp-range={network}.50,{network}.59,255.255.255.0,2m", $"--dhcp-host={Wire.HardwareAddress},{network}.50", .. options ?? []]);
        wire.Until("a DHCP server", () => server.Says("DHCP, IP range"));
        return server;
    }

    private string Addresses() => wire.OnMachine("ip", "-4", "address", "show", "dev", "eth0");

    private string Routes() => wire.OnMachine("ip", "-4", "route");

    private string Mtu() => wire.OnMachine("cat", "/sys/class/net/eth0/mtu").Trim();

    private void UntilAddress(string address) => wire.Until($"with {address}", () => Addresses().Contains($"inet {address} ", StringComparison.Ordinal));

    private void UntilRoutes(params string[] routes) => wire.Until($"with {string.Join(" and ", routes)}", () => Array.TrueForAll(routes, route => Routes().Contains(route, StringComparison.Ordinal)));
}
