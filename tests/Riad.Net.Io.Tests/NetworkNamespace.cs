using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Riad.Net.Io.Tests;

/// <summary>Two network namespaces joined by a cable (a pair of veth interfaces), of this test only. Needs root and iproute2.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly string one = $"riad-{Environment.ProcessId}-a";
    private readonly string other = $"riad-{Environment.ProcessId}-b";

    private NetworkNamespace(int mtu)
    {
        Run($"netns add {one}");
        Run($"netns add {other}");
        Run($"-n {one} link add cable type veth peer name cable netns {other}");
        foreach (var (name, number) in new[] { (one, 1), (other, 2) })
        {
            Run($"-n {name} link set lo up");
            Run($"-n {name} link set cable mtu {mtu} up");
            Run($"-n {name} address add 10.9.9.{number}/24 dev cable");
            Run($"-n {name} address add 10.9.8.{number}/24 dev cable");
            Run($"-n {name} address add fd99::{number}/64 dev cable nodad");
            Run($"-n {name} address add fd98::{number}/64 dev cable nodad");
        }
        // The kernel notices both ends some time later, and until then drops what is sent.
        foreach (var name in new[] { one, other })
            WaitForCarrier(name);
    }

    /// <summary>Why there can be none here, or null.</summary>
    internal static string? Missing =>
        !OperatingSystem.IsLinux() ? "skipped: network namespaces are Linux's"
        : !Environment.IsPrivilegedProcess ? "skipped: a network namespace needs root"
        : !File.Exists("/sbin/ip") && !File.Exists("/usr/sbin/ip") && !File.Exists("/bin/ip") ? "skipped: needs iproute2"
        : null;

    internal static NetworkNamespace Create(int mtu) => new(mtu);

    /// <summary>Runs something on a thread inside; sockets opened by it stay inside.</summary>
    internal T Inside<T>(bool first, Func<T> action)
    {
        T result = default!;
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{(first ? one : other)}");
                if (Enter((int)handle.DangerousGetHandle(), 0x4000_0000) != 0)
                    throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
                result = action();
            }
            catch (Exception exception)
            {
                fault = exception;
            }
        });
        thread.Start();
        thread.Join();
        return fault is null ? result : throw new InvalidOperationException(fault.Message, fault);
    }

    public void Dispose()
    {
        Run($"netns delete {one}");
        Run($"netns delete {other}");
    }

    private static void WaitForCarrier(string name)
    {
        var waited = Stopwatch.StartNew();
        for (string state; !(state = Run($"-n {name} -o link show cable")).Contains(" state UP ", StringComparison.Ordinal); Thread.Sleep(10))
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException($"no carrier: {state}");
        }
    }

    private static string Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var said = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"ip {arguments}: {error}");
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int Enter(int descriptor, int kind);
}
