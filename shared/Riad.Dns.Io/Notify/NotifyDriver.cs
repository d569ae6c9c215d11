using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Net;

namespace Riad.Dns.Io;

/// <summary>Runs a <see cref="Notifier"/> over UDP. Decides nothing but which answers are to be believed.</summary>
/// <remarks>
/// An answer is believed when it comes from the address and port that was asked, has the id, the opcode and the zone of
/// the message sent there, and, when that was signed, a good signature. Memory grows with the zones that wait, not with what arrives.
/// </remarks>
public sealed class NotifyDriver : IDisposable
{
    private const int MaxArrived = 1024;
    private const int MaxDatagram = 4096;

    private readonly NotifyDriverOptions options;
    private readonly ServerClock clock;
    private readonly IRandom random;
    private readonly Notifier notifier;
    private readonly IUdpSocket? socket;
    private readonly IUdpSocket? socketIPv6;
    private readonly ConcurrentQueue<NotifyInput> inputs = new();
    private readonly ConcurrentQueue<(IpEndpoint From, byte[] Octets)> arrived = new();
    private readonly Signal news = new();
    private readonly Dictionary<(IpEndpoint, DomainName), NotifyExchange> byZone = [];
    private readonly Dictionary<(IpEndpoint, ushort), NotifyExchange> byId = [];
    private NotifySnapshot snapshot = NotifySnapshot.None;

    /// <summary>Opens a socket for each family that the network has.</summary>
    public NotifyDriver(INetwork network, NotifyDriverOptions options, TimeProvider time, IRandom random)
    {
        (this.options, this.random, clock) = (options, random, new(time));
        notifier = new(options.Patience);
        socket = Open(network, options.Source);
        socketIPv6 = Open(network, options.SourceIPv6);
    }

    /// <summary>Has zones announced, or forgotten. From any thread.</summary>
    public void Take(NotifyInput input)
    {
        inputs.Enqueue(input);
        news.Set();
    }

    /// <summary>What was done until now. From any thread.</summary>
    public NotifySnapshot Read() => Volatile.Read(ref snapshot);

    /// <summary>Works until it is told to stop. Whoever was not told by then sees the new versions when he looks for himself.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var timer = clock.Time.CreateTimer(_ => news.Set(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var stopping = stop.Register(news.Set);
        var receiving = new[] { ReceiveAsync(socket, stop), ReceiveAsync(socketIPv6, stop) };
        while (!stop.IsCancellationRequested)
        {
            await WorkAsync(stop);
            timer.Change(WaitFor(notifier.WakeAt), Timeout.InfiniteTimeSpan);
            await news.WaitAsync();
        }
        await Task.WhenAll(receiving);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket?.Dispose();
        socketIPv6?.Dispose();
    }

    private static IUdpSocket? Open(INetwork network, IpAddress source)
    {
        try
        {
            return network.OpenUdp(new(source, 0));
        }
        catch (NetworkException)
        {
            return null; // such as IPv6 on a host without it: its servers get no message, and are seen as silent
        }
    }

    private async Task ReceiveAsync(IUdpSocket? from, CancellationToken stop)
    {
        var space = new byte[MaxDatagram];
        while (from is not null && !stop.IsCancellationRequested)
        {
            try
            {
                var received = await from.ReceiveAsync(space, stop);
                if (arrived.Count >= MaxArrived)
                    continue; // lost, as on the way
                arrived.Enqueue((received.Source, space[..received.Length]));
                news.Set();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (NetworkException)
            {
                // What a router says of an earlier message. The message is sent again in its time.
            }
        }
    }

    private TimeSpan WaitFor(Elapsed? wakeAt)
    {
        if (wakeAt is not { } at)
            return Timeout.InfiniteTimeSpan;
        var wait = at - clock.Elapsed;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        var outputs = new List<NotifyOutput>();
        while (inputs.TryDequeue(out var input))
        {
            notifier.Step(input, clock.Elapsed, outputs);
            if (input is NotifyInput.Removed(var zones))
                byZone.Values.Where(exchange => zones.Contains(exchange.Zone.Apex)).ToList().ForEach(Forget);
        }
        while (arrived.TryDequeue(out var datagram))
        {
            if (TryRead(datagram.From, datagram.Octets, out var answer))
                notifier.Step(answer, clock.Elapsed, outputs);
            else
                snapshot = snapshot with { NotBelieved = snapshot.NotBelieved + 1 };
        }
        if (notifier.WakeAt <= clock.Elapsed)
            notifier.Step(new NotifyInput.Tick(), clock.Elapsed, outputs);
        foreach (var output in outputs)
        {
            if (stop.IsCancellationRequested)
                return;
            await PerformAsync(output, stop);
        }
        Volatile.Write(ref snapshot, snapshot with { Peers = notifier.Peers.ToSeq() });
    }

    private bool TryRead(IpEndpoint from, byte[] octets, out NotifyInput answer)
    {
        answer = new NotifyInput.Tick();
        if (octets.Length < Header.Length || !byId.TryGetValue((from, BinaryPrimitives.ReadUInt16BigEndian(octets)), out var exchange)
            || !exchange.TryRead(octets, clock.Read().UnixSeconds, out var code))
            return false;
        Forget(exchange);
        answer = new NotifyInput.Answered(from, exchange.Zone.Apex, code);
        return true;
    }

    private async Task PerformAsync(NotifyOutput output, CancellationToken stop)
    {
        switch (output)
        {
            case NotifyOutput.Send send: await SendAsync(send, stop); return;
            case NotifyOutput.Resolve(var name): _ = ResolveAsync(name, stop); return;
            case NotifyOutput.Acknowledged: snapshot = snapshot with { Acknowledged = snapshot.Acknowledged + 1 }; break;
            case NotifyOutput.GaveUp(var on, var zone, _):
                snapshot = snapshot with { GaveUp = snapshot.GaveUp + 1 };
                if (byZone.TryGetValue((on, zone), out var exchange))
                    Forget(exchange);
                break;
            case NotifyOutput.NotResolved: break;
            default: throw new UnreachableException();
        }
        options.Tell(output);
    }

    private async Task SendAsync(NotifyOutput.Send send, CancellationToken stop)
    {
        var now = clock.Read().UnixSeconds;
        var (to, zone) = (send.To, send.Zone);
        if (!byZone.TryGetValue((to.Endpoint, zone.Apex), out var exchange) || !exchange.CanRepeat(to, zone, now))
        {
            if (exchange is not null)
                Forget(exchange);
            exchange = new(to, zone, NewId(to.Endpoint), now);
            byZone[(to.Endpoint, zone.Apex)] = exchange;
            byId[(to.Endpoint, exchange.Id)] = exchange;
        }
        snapshot = snapshot with { Sent = snapshot.Sent + 1 };
        try
        {
            if ((to.Endpoint.Address.IsIPv6 ? socketIPv6 : socket) is { } from)
                await from.SendAsync(exchange.Octets, to.Endpoint, stop);
        }
        catch (Exception refused) when (refused is NetworkException or OperationCanceledException)
        {
            // As if it were lost on the way.
        }
    }

    private async Task ResolveAsync(DomainName name, CancellationToken stop)
    {
        try
        {
            Take(new NotifyInput.Resolved(name, await options.Resolve(name, stop)));
        }
        catch (OperationCanceledException)
        {
            Take(new NotifyInput.Resolved(name, []));
        }
    }

    /// <summary>An id that no other message to that server has: there are at most as many as the window allows.</summary>
    private ushort NewId(IpEndpoint to)
    {
        Span<byte> octets = stackalloc byte[sizeof(ushort)];
        while (true)
        {
            random.Fill(octets);
            var id = BinaryPrimitives.ReadUInt16BigEndian(octets);
            if (!byId.ContainsKey((to, id)))
                return id;
        }
    }

    private void Forget(NotifyExchange exchange)
    {
        byId.Remove((exchange.To.Endpoint, exchange.Id));
        byZone.Remove((exchange.To.Endpoint, exchange.Zone.Apex));
    }
}
