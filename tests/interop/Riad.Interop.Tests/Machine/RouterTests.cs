using Xunit;

namespace Riad.Interop.Tests.Machine;

/// <summary>The network part of a machine's first process with dnsmasq as its IPv6 router and DHCPv6 server.</summary>
public sealed class RouterTests : IDisposable
{
    private const string Given = "2001:db8::1:7", Stateful = "--dhcp-range=2001:db8::1:0,2001:db8::1:ff,64,2m";

    private readonly Wire wire = new();

    public RouterTests() => wire.OnServer("ip", "address", "add", "2001:db8::1/64", "dev", "wire", "nodad");

    [NamespaceFact("dnsmasq")]
    public void An_address_is_given_renewed_and_taken_to_another_server()
    {
        var first = StartRouter(Stateful, "--dhcp-option=option6:dns-server,[2001:db8::53]", "--dhcp-option=option6:domain-search,example.org");
        // T1 is a minute: six seconds here.
        wire.StartMachine("ipv4=none\n", speed: 10);

        UntilAddress();
        wire.Until("a router's way out", () => Routes().Contains("default via fe80::", StringComparison.Ordinal));
        wire.Until("the resolvers", () => wire.Resolvers == "nameserver 2001:db8::53\nsearch example.org\n");
        wire.Until("renewed", () => first.Says("DHCPRENEW(wire)"));

        first.Kill();
        var second = StartRouter(Stateful);
        // On a slow machine the lease may be over before the second server is there; then it is a new one.
        wire.Until("granted by it", () => second.Says("DHCPREPLY(wire) " + Given));
        UntilAddress();
    }

    [NamespaceFact("dnsmasq")]
    public void An_address_is_given_back_at_the_end()
    {
        var router = StartRouter(Stateful);
        var machine = wire.StartMachine("ipv4=none\n");
        UntilAddress();

        machine.Signal("TERM");
        wire.Until("given back", () => router.Says("DHCPRELEASE(wire)"));
        wire.Until("ended", () => machine.HasEnded);
        Assert.DoesNotContain(Given, Addresses(), StringComparison.Ordinal);
    }

    [NamespaceFact("dnsmasq", Long = true)]
    public void An_address_that_another_has_is_declined()
    {
        wire.OnServer("ip", "address", "add", Given + "/128", "dev", "wire", "nodad");
        var server = StartRouter(Stateful);
        var machine = wire.StartMachine("ipv4=none\n");

        wire.Until("declined", () => server.Says("DHCPDECLINE(wire)"));
        Assert.Contains("is in use by another", machine.Log, StringComparison.Ordinal);
        wire.Until("given another", () => Addresses().Contains("inet6 2001:db8::1:", StringComparison.Ordinal) && !Addresses().Contains(Given + "/", StringComparison.Ordinal));
    }

    [NamespaceFact("dnsmasq")]
    public void A_resolver_that_a_router_names_ends_with_the_time_that_it_was_given()
    {
        // No DHCPv6 at all; what it names lasts two minutes, six seconds here.
        var router = StartRouter("--dhcp-range=2001:db8::,ra-only,64,2m", "--dhcp-option=option6:dns-server,[2001:db8::53]", "--ra-param=wire,4,120");
        wire.StartMachine("ipv4=none\n", speed: 20);
        wire.Until("the resolver", () => wire.Resolvers == "nameserver 2001:db8::53\n");
        Assert.False(router.Says("DHCPSOLICIT") || router.Says("DHCPINFORMATION-REQUEST"), router.Log);

        router.Kill();
        wire.Until("no resolver", () => wire.Resolvers.Length == 0);
    }

    [NamespaceFact("dnsmasq")]
    public void Where_routers_give_addresses_resolvers_come_from_DHCPv6_and_a_router_that_ends_is_left()
    {
        const string stateless = "--dhcp-range=2001:db8::,ra-stateless,64,2m";
        var first = StartRouter(stateless, "--dhcp-option=option6:dns-server,[2001:db8::53]", "--ra-param=wire,4,1800");
        wire.StartMachine("ipv4=none\n");

        wire.Until("an address of its own", () => Addresses().Contains("inet6 2001:db8::5054:ff:fe12:3456/64 ", StringComparison.Ordinal));
        wire.Until("asked for what is no address", () => first.Says("DHCPINFORMATION-REQUEST(wire)"));
        wire.Until("a router's way out", () => Routes().Contains("default via fe80::", StringComparison.Ordinal));
        wire.Until("the resolvers", () => wire.Resolvers == "nameserver 2001:db8::53\n");

        first.Kill();
        // It is a router no more (RFC 4861 §6.2.5).
        StartRouter(stateless, "--ra-param=wire,4,0");
        wire.Until("without a way out", () => !Routes().Contains("default", StringComparison.Ordinal));
    }

    public void Dispose() => wire.Dispose();

    private WireProgram StartRouter(params string[] options)
    {
        File.Delete(wire.FileOf("leases"));
        var router = wire.StartServer([
            "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--interface=wire", "--bind-dynamic", "--user=root", "--pid-file=", "--log-facility=-", "--log-dhcp", "--dhcp-authoritative", "--enable-ra",
            $"--dhcp-leasefile={wire.FileOf("leases")}", $"--dhcp-host={Wire.HardwareAddress},[::1:7]", .. options]);
        wire.Until("a router", () => router.Says("router advertisement on"));
        return router;
    }

    private string Addresses() => wire.OnMachine("ip", "-6", "address", "show", "dev", "eth0");

    private string Routes() => wire.OnMachine("ip", "-6", "route");

    private void UntilAddress() => wire.Until($"with {Given}", () => Addresses().Contains($"inet6 {Given}/128 ", StringComparison.Ordinal));
}
