using System.Collections.Immutable;
using System.Net.Sockets;
using System.Security.Cryptography;
using Riad.Core;
using Riad.Host.Http;
using Riad.Net.Sntp;

namespace Riad.Host.Init;

/// <summary>The machine's clock: its own, or that of a time server.</summary>
internal sealed class MachineClock(ImmutableArray<IpAddress> servers, MachineLog log)
{
    private const int Port = 123;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(64);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(100);

    /// <summary>True when the machine has a clock that runs while it is off.</summary>
    public static bool IsThere => Directory.Exists("/sys/class/rtc/rtc0");

    /// <summary>Asks each server once; true when one has answered.</summary>
    public async Task<bool> SetAsync(CancellationToken stop)
    {
        foreach (var server in servers)
        {
            if (await TryAskAsync(server, stop) is not { } answer)
                continue;
            if (answer.Offset.Duration() > Tolerated)
            {
                Set(DateTimeOffset.UtcNow + answer.Offset);
                log.Say($"the clock went {answer.Offset.TotalSeconds:0.###} s by {server}");
            }
            return true;
        }
        return false;
    }

    /// <summary>Keeps it right until the token is cancelled.</summary>
    public async Task KeepAsync(bool wasSet, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(wasSet ? AskEvery : AskAgain, stop);
            wasSet = await SetAsync(stop);
        }
    }

    private static async Task<SntpAnswer?> TryAskAsync(IpAddress server, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            var endpoint = new IpEndpoint(server, Port).ToSystem();
            // Connected: the kernel passes over what others send.
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(endpoint, patience.Token);
            var nonce = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;
            var octets = new byte[SntpAnswer.MessageOctets];
            SntpAnswer.WriteQuestion(nonce, octets);
            var sent = DateTimeOffset.UtcNow;
            await socket.SendAsync(octets, patience.Token);
            while (true)
            {
                var buffer = new byte[512];
                var length = await socket.ReceiveAsync(buffer, patience.Token);
                if (SntpAnswer.TryRead(buffer.AsSpan(0, length), nonce, sent, DateTimeOffset.UtcNow, out var answer))
                    return answer;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    private unsafe void Set(DateTimeOffset time)
    {
        var value = stackalloc long[2];
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        (value[0], value[1]) = (ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond * 100);
        if (Native.SetClock(Native.CLOCK_REALTIME, value) != 0)
            log.Say($"the clock cannot be set: {Native.Reason}");
    }
}
