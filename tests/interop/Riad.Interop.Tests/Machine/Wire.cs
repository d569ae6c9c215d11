using System.Diagnostics;
using System.Globalization;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Machine;

/// <summary>Two networks of this test alone, a machine's and a server's, with a cable between: <c>eth0</c> here, <c>wire</c> there.</summary>
internal sealed class Wire : IDisposable
{
    public const string HardwareAddress = "52:54:00:12:34:56";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static int made;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-wire-");
    private readonly List<WireProgram> running = [];
    private readonly string machine, server;

    public Wire()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"riad-{Environment.ProcessId}-{Interlocked.Increment(ref made)}");
        (machine, server) = (name + "-machine", name + "-server");
        try
        {
            Ip("netns", "add", machine);
            Ip("netns", "add", server);
            OnServer("ip", "link", "set", "lo", "up");
            Ip("-n", server, "link", "add", "wire", "type", "veth", "peer", "name", "eth0", "address", HardwareAddress, "netns", machine);
            // What a host sets for all its networks is not to be felt here.
            OnServer("sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/all/disable_ipv6; echo 0 > /proc/sys/net/ipv6/conf/wire/accept_dad");
            OnMachine("sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
            OnServer("ip", "link", "set", "wire", "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Plugs another cable in: <c>eth1</c> on the machine's side, <c>second</c> with an address on the server's.</summary>
    public void PlugSecond(string hardwareAddress, string address)
    {
        Ip("-n", server, "link", "add", "second", "type", "veth", "peer", "name", "eth1", "address", hardwareAddress, "netns", machine);
        OnServer("ip", "address", "add", address, "dev", "second");
        OnServer("ip", "link", "set", "second", "up");
    }

    public string FileOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>What resolv.conf of the machine says.</summary>
    public string Resolvers => File.Exists(FileOf("resolv.conf")) ? File.ReadAllText(FileOf("resolv.conf")) : "";

    /// <summary>Starts the network part of a machine's first process.</summary>
    /// <param name="options">What is set for the machine.</param>
    /// <param name="speed">How much faster than the server's its clock runs.</param>
    public WireProgram StartMachine(string options, double speed = 1)
    {
        File.WriteAllText(FileOf("options"), options);
        return Start(machine, Path.Combine(AppContext.BaseDirectory, "Riad.Host.Sample"), "network", "--machine-options", FileOf("options"), "--resolvers", FileOf("resolv.conf"), "--speed", speed.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Starts a program on the server's side that goes on.</summary>
    public WireProgram StartServer(params string[] program) => Start(server, program);

    /// <summary>Runs a program on the machine's side to its end; what it prints.</summary>
    public string OnMachine(params string[] program) => Inside(machine, program).MustSucceed().Output;

    public string OnServer(params string[] program) => Inside(server, program).MustSucceed().Output;

    /// <summary>Runs a program on the machine's side to its end.</summary>
    public ToolResult TryOnMachine(params string[] program) => Inside(machine, program);

    /// <summary>Waits until something holds; a wait in vain shows what all programs said and what the machine has.</summary>
    public void Until(string what, Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); !holds(); Thread.Sleep(Pause))
        {
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"not {what} after {Patience.TotalSeconds} s:\n{State()}");
        }
    }

    public void Dispose()
    {
        foreach (var program in running)
            program.Dispose();
        foreach (var name in (string[])[machine, server])
            Tool.Run("ip", ["netns", "delete", name], "/");
        folder.Delete(recursive: true);
    }

    private string State() =>
        string.Concat(running.Select(program => $"--- {program.Name}\n{program.Log}\n"))
        + $"--- machine\n{OnMachine("ip", "address")}{OnMachine("ip", "route")}{OnMachine("ip", "-6", "route")}--- resolv.conf\n{Resolvers}";

    private WireProgram Start(string name, params string[] program)
    {
        var started = new WireProgram(name, ["netns", "exec", name, .. program], folder.FullName);
        running.Add(started);
        return started;
    }

    private static void Ip(params string[] arguments) => Tool.Run("ip", arguments, "/").MustSucceed();

    private static ToolResult Inside(string name, string[] program) => Tool.Run("ip", ["netns", "exec", name, .. program], "/");
}
