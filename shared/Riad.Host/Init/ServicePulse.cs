using System.Net.Sockets;
using Riad.Core;
using Riad.Host.Http;

namespace Riad.Host.Init;

/// <summary>Tells when a service that was ready answers no more, though its process is there.</summary>
/// <remarks>
/// Whatever it answers is a sign of life, also to say that it cannot serve, or over TLS that it was not spoken to in TLS. It
/// is given four minutes: a machine that has much else to do is slow, and ending a service that works is worse than waiting.
/// </remarks>
/// <param name="endpoint">Where it speaks HTTP.</param>
/// <param name="clock">For the pauses.</param>
internal sealed class ServicePulse(IpEndpoint endpoint, HostClock clock)
{
    private const int MaxMisses = 6;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IpEndpoint endpoint = HealthCommand.Reachable(endpoint);

    /// <summary>Ends when it has been silent for too long, or with the token.</summary>
    public async Task UntilSilentAsync(CancellationToken stop)
    {
        for (var misses = 0; misses < MaxMisses && !stop.IsCancellationRequested; misses = await AnswersAsync(stop) ? 0 : misses + 1)
            await Task.Delay(Every, clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Asks once.</summary>
    public async Task<bool> AnswersAsync(CancellationToken stop)
    {
        using var alarm = new CancellationTokenSource(Patience, clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, stop);
        using var socket = new Socket(endpoint.Address.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint.ToSystem(), either.Token);
            await socket.SendAsync("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), either.Token);
            await socket.ReceiveAsync(new byte[1], either.Token);
            return true;
        }
        catch (SocketException exception)
        {
            // The kernel takes connections for a process that sleeps; only one that is awake closes them.
            return exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
