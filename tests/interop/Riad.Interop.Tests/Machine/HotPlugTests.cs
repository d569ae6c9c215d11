using System.Globalization;
using Xunit;

namespace Riad.Interop.Tests.Machine;

/// <summary>Interfaces that come and go while a machine runs, with dnsmasq as the DHCP server of two networks.</summary>
public sealed class HotPlugTests : IDisposable
{
    private const string Second = "52:54:00:65:43:21", Expected = "inet 198.51.100.50/24 ";

    private readonly Wire wire = new();

    [NamespaceFact("dnsmasq")]
    public void An_interface_that_comes_later_gets_a_lease_and_is_forgotten_when_it_goes()
    {
        var machine = Start();

        wire.PlugSecond(Second, "198.51.100.1/24");
        UntilSecondHasAddress();
        wire.Until("the resolvers of both", () => wire.Resolvers == "nameserver 192.0.2.53\nnameserver 198.51.100.53\n");

        wire.OnServer("ip", "link", "delete", "second");
        wire.Until("gone", () => machine.Says("eth1: it is gone"));
        wire.Until("the resolvers of one", () => wire.Resolvers == "nameserver 192.0.2.53\n");

        wire.PlugSecond(Second, "198.51.100.1/24");
        UntilSecondHasAddress();
        Assert.DoesNotContain("begins again", machine.Log, StringComparison.Ordinal);
    }

    [NamespaceFact("dnsmasq")]
    public void An_interface_whose_coming_was_lost_among_too_much_else_is_found_all_the_same()
    {
        var machine = Start();
        // Each takes more than a kilobyte of the kernel's queue for one listener.
        var changes = 4000 + (QueueOctets() / 800);
        File.WriteAllLines(wire.FileOf("changes"), Enumerable.Range(0, changes).Select(number => string.Create(CultureInfo.InvariantCulture, $"link set dev eth0 alias name-{number}")));

        machine.Signal("STOP");
        wire.OnMachine("ip", "-batch", wire.FileOf("changes"));
        wire.PlugSecond(Second, "198.51.100.1/24");
        machine.Signal("CONT");

        UntilSecondHasAddress();
        wire.Until("told so", () => machine.Says("so it is asked for all of it"));
    }

    public void Dispose() => wire.Dispose();

    private WireProgram Start()
    {
        wire.OnServer("ip", "address", "add", "192.0.2.1/24", "dev", "wire");
        var server = wire.StartServer(
            "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--interface=wire", "--interface=second", "--bind-dynamic", "--user=root", "--pid-file=", "--log-facility=-", "--log-dhcp", "--no-ping", "--dhcp-authoritative",
            $"--dhcp-leasefile={wire.FileOf("leases")}", "--dhcp-range=set:one,192.0.2.50,192.0.2.59,255.255.255.0,2m", "--dhcp-range=set:two,198.51.100.50,198.51.100.59,255.255.255.0,2m",
            $"--dhcp-host={Wire.HardwareAddress},192.0.2.50", $"--dhcp-host={Second},198.51.100.50", "--dhcp-option=tag:one,option:dns-server,192.0.2.53", "--dhcp-option=tag:two,option:dns-server,198.51.100.53");
        wire.Until("a DHCP server", () => server.Says("DHCP, IP range"));
        var machine = wire.StartMachine("ipv6=none\n");
        wire.Until("started with a lease", () => machine.Says("started") && machine.Says("192.0.2.50/24 by"));
        return machine;
    }

    // Older kernels show it to the first network namespace alone; then it is what they begin with.
    private static int QueueOctets() =>
        File.Exists("/proc/sys/net/core/rmem_default") ? int.Parse(File.ReadAllText("/proc/sys/net/core/rmem_default"), CultureInfo.InvariantCulture) : 212_992;

    private void UntilSecondHasAddress() => wire.Until("an address on the second", () => wire.TryOnMachine("ip", "-4", "address", "show", "dev", "eth1").Output.Contains(Expected, StringComparison.Ordinal));
}
