using System.Collections.Immutable;
using System.Net.Sockets;
using System.Security.Cryptography;
using Riad.Core;
using Riad.Host.Http;
using Riad.Net.Sntp;

namespace Riad.Host.Init;

/// <summary>The machine's clock: its own, or that of a time server.</summary>
/// <param name="servers">Whom to ask; DHCP may name others later.</param>
/// <param name="set">Sets the clock; says why not when it cannot.</param>
/// <param name="clock">What it says now; and for the pauses between questions, which do not depend on what is set.</param>
/// <param name="log">The console.</param>
internal sealed class MachineClock(Func<ImmutableArray<IpAddress>> servers, Func<DateTimeOffset, string?> set, HostClock clock, MachineLog log)
{
    private const int Port = 123;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(100);

    // Earlier than this the program was not there: a clock that says so has lost its battery.
    private static readonly DateTimeOffset Written = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private TimeServers turns = TimeServers.None;

    /// <summary>True when the machine has a clock that runs while it is off, and did run.</summary>
    public static bool IsThere => Directory.Exists("/sys/class/rtc/rtc0") && IsPlausible(DateTimeOffset.UtcNow);

    /// <summary>False for a time before this program was written.</summary>
    public static bool IsPlausible(DateTimeOffset time) => time >= Written;

    /// <summary>Asks each server whose turn it is; true when one has answered.</summary>
    public async Task<bool> SetAsync(CancellationToken stop)
    {
        var named = servers();
        turns = turns.Only(named);
        foreach (var server in named.Where(server => turns.MayAsk(server, clock.Elapsed)))
        {
            if (stop.IsCancellationRequested)
                return false;
            var (outcome, answer) = await AskAsync(server, stop);
            if (outcome is { } known)
                turns = turns.After(server, known, clock.Elapsed);
            if (outcome is TimeOutcome.Refused)
                log.Say($"the time server {server} refuses us and is not asked again");
            if (answer is null)
                continue;
            if (answer.Offset.Duration() > Tolerated)
            {
                if (set(clock.Provider.GetUtcNow() + answer.Offset) is { } reason)
                    log.Say($"the clock cannot be set: {reason}");
                else
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
            await Task.Delay(wasSet ? TimeServers.AskEvery : AskAgain, clock.Provider, stop);
            wasSet = await SetAsync(stop);
        }
    }

    /// <summary>Sets the clock of the kernel; says why not when it cannot.</summary>
    public static unsafe string? SetKernel(DateTimeOffset time)
    {
        var value = stackalloc long[2];
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        (value[0], value[1]) = (ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond * 100);
        return Native.SetClock(Native.CLOCK_REALTIME, value) == 0 ? null : Native.Reason;
    }

    // No outcome: there is no network, and nobody was asked; or nobody waits for the answer any more.
    private async Task<(TimeOutcome? Outcome, SntpAnswer? Answer)> AskAsync(IpAddress server, CancellationToken stop)
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
            var sent = clock.Provider.GetUtcNow();
            await socket.SendAsync(octets, patience.Token);
            var buffer = new byte[512];
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, patience.Token);
                if (SntpAnswer.TryRead(buffer.AsSpan(0, length), nonce, sent, clock.Provider.GetUtcNow(), out var answer))
                    return (TimeOutcome.Answered, answer);
                if (KissOfDeath.TryRead(buffer.AsSpan(0, length), nonce, out var outcome))
                    return (outcome, null);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.AddressNotAvailable)
        {
            return (null, null);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return (TimeOutcome.Silent, null);
        }
    }
}
