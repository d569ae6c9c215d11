using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Riad.Core;
using Riad.Host.Http;
using Riad.Host.Init;
using Riad.Host.Sample;
using Xunit;

namespace Riad.Host.Tests.Init;

/// <summary>Whether a service still lives, though its process does.</summary>
public sealed class ServicePulseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter console = new();
    private readonly CancellationTokenSource stop = new(Patience);

    [Fact]
    public async Task A_service_that_stops_answering_is_ended_and_started_again()
    {
        // A port of its own lies on an address of its own.
        var address = string.Create(CultureInfo.InvariantCulture, $"127.77.{Environment.ProcessId >> 8 & 255}.{Environment.ProcessId & 255}");
        var log = new MachineLog(console);
        // Three minutes within three seconds.
        var clock = new HostClock(new FastClock(60));
        var starts = 0;
        await new ServiceSupervisor(() =>
        {
            // The second one may stay.
            if (++starts == 1)
                return Start($"{address}:8300");
            stop.Cancel();
            return Start($"{address}:8301");
        }, static () => { }, new(new(IPAddress.Parse(address).ToRiad(), 8300), clock), new(folder.PathOf("crashes"), log), clock, log).RunAsync(stop.Token);

        Assert.True(starts == 2, console.ToString());
        var lines = await File.ReadAllLinesAsync(Assert.Single(Directory.EnumerateFiles(folder.PathOf("crashes"))));
        Assert.StartsWith("the service was ended by signal 9 after ", lines[0], StringComparison.Ordinal);
        Assert.Equal("the service did not answer any more, so it was ended", lines[^1]);
    }

    public static TheoryData<string, bool> Answers => new()
    {
        // what the service does with a connection      lives
        { "answers",                                    true },
        { "closes",                                     true },
        { "resets",                                     true },
        { "nothing",                                    false },
        { "refuses",                                    false },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task Whatever_is_answered_is_a_sign_of_life(string what, bool lives)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        // Only where nothing comes time has to pass.
        var clock = new HostClock(lives ? TimeProvider.System : new FastClock(100));
        if (what is "refuses")
            listener.Stop();
        var asking = new ServicePulse(new(new(new IPv4Address(0x7f00_0001)), (ushort)endpoint.Port), clock).AnswersAsync(stop.Token);
        if (lives)
        {
            using var connection = await listener.AcceptSocketAsync(stop.Token);
            if (what is "answers")
                await connection.SendAsync("HTTP/1.1 503 Service Unavailable\r\n\r\n"u8.ToArray(), stop.Token);
            if (what is "resets")
                connection.LingerState = new(enable: true, seconds: 0);
        }

        Assert.Equal((what, lives), (what, await asking));
    }

    public void Dispose()
    {
        folder.Dispose();
        console.Dispose();
        stop.Dispose();
    }

    // It stops itself as soon as it is ready, and goes on saying nothing.
    private Process Start(string http)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Riad.Host.Sample");
        var script = $"exec \"{program}\" --http {http} --fail sleep --state \"{folder.PathOf("state")}\"";
        var start = new ProcessStartInfo("sh", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("RIAD_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }
}
