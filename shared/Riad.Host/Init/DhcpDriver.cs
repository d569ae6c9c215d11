using System.Net;
using System.Net.Sockets;
using System.Text;
using Riad.Core;
using Riad.Net.Dhcp;
using Riad.Net.Netlink;
using IPv4Address = Riad.Core.IPv4Address;

namespace Riad.Host.Init;

/// <summary>Runs a <see cref="DhcpClient"/> on one interface. Decides nothing.</summary>
/// <param name="card">The interface.</param>
/// <param name="routes">Changes the kernel's mind.</param>
/// <param name="resolvers">Gets what the server names.</param>
/// <param name="bound">Called after each new address: with the last one before it, the kernel forgot all ways that the operator set.</param>
/// <param name="clock">Leases run by its monotonic part.</param>
/// <param name="random">For the engine.</param>
/// <param name="log">The console.</param>
internal sealed class DhcpDriver(EthernetInterface card, RouteSocket routes, Resolvers resolvers, Action bound, HostClock clock, IRandom random, MachineLog log)
{
    private const int ClientPort = 68, ServerPort = 67, SocketLevel = 1, BindToDevice = 25, MaxDatagram = 1500;
    private const uint Metric = 100;
    private const int NoSuchProcess = 3, NoSuchDevice = 19, NoSuchAddress = 99;
    private const nuint WaitingOctets = 0x5411;

    private static readonly TimeSpan CarrierPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilSent = TimeSpan.FromSeconds(0.5);

    private readonly TaskCompletionSource<DhcpLease> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Inbox<DhcpInput> inbox = new(clock);
    private readonly CarrierWatch carrier = new(card);
    private DhcpClient client = DhcpClient.Create(card.HardwareAddress);
    private ArpSocket? arp;

    /// <summary>Ends with the first lease.</summary>
    public Task<DhcpLease> First => first.Task;

    /// <summary>What the interface has now; null without an address.</summary>
    public DhcpLease? Lease => Volatile.Read(ref client).Lease;

    /// <summary>Takes what the kernel says of any interface.</summary>
    public void Hear(RouteEvent.Link link)
    {
        if (carrier.IsBack(link))
            inbox.Put(new DhcpInput.Reconnected());
    }

    /// <summary>Gives the address back: <see cref="RunAsync"/> ends then.</summary>
    public void Release() => inbox.Put(new DhcpInput.Release());

    /// <summary>Runs until the token is cancelled or the address is given back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        socket.SetRawSocketOption(SocketLevel, BindToDevice, Encoding.ASCII.GetBytes(card.Name + '\0'));
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        socket.Bind(new IPEndPoint(IPAddress.Any, ClientPort));
        await WaitForCarrierAsync(stop);
        carrier.Begin();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var receiving = ReceiveAsync(socket, end.Token);
        try
        {
            while (!client.IsReleased)
            {
                var input = await inbox.NextAsync(client.WakeAt, stop);
                if (stop.IsCancellationRequested)
                    break;
                // Before the time is over that was given to those who have an address to say so.
                foreach (var packet in arp?.Receive() ?? [])
                    Step(socket, new DhcpInput.Heard(packet));
                Step(socket, input ?? new DhcpInput.Tick());
            }
        }
        finally
        {
            await end.CancelAsync();
            await receiving;
            arp?.Dispose();
            arp = null;
        }
    }

    private void Step(Socket socket, DhcpInput input)
    {
        var (next, outputs) = client.Step(input, clock.Elapsed, RandomNumber());
        Volatile.Write(ref client, next);
        foreach (var output in outputs)
            Perform(socket, output);
        if (next.IsProbing)
            return;
        arp?.Dispose();
        arp = null;
    }

    // What is sent before is lost, and its repetition comes a second later. A card that cannot tell is not waited for.
    private async Task WaitForCarrierAsync(CancellationToken stop)
    {
        var until = clock.Elapsed + CarrierPatience;
        while (!card.HasCarrier() && clock.Elapsed < until)
            await Task.Delay(LookEvery, clock.Provider, stop);
    }

    private async Task ReceiveAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[MaxDatagram];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveAsync(buffer, stop);
                if (DhcpMessage.TryRead(buffer.AsSpan(0, length), out var message, out _))
                    inbox.Put(new DhcpInput.Received(message));
            }
            catch (SocketException)
            {
                // The interface is off.
                await Task.Delay(AfterFault, clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Perform(Socket socket, DhcpOutput output)
    {
        switch (output)
        {
            case DhcpOutput.Send(var message, var to):
                Send(socket, message, to);
                if (message.Type is DhcpMessageType.Release)
                    AwaitSent(socket);
                break;
            case DhcpOutput.Broadcast(var packet):
                arp ??= ArpSocket.Open(card, log);
                arp?.Send(packet);
                break;
            case DhcpOutput.Conflict(var lease):
                log.Say($"{card.Name}: {lease.Address} from DHCP is in use by another, so it is declined");
                break;
            case DhcpOutput.Bind(var lease):
                Bind(lease);
                break;
            case DhcpOutput.Renew(var lease):
                Name(lease);
                break;
            case DhcpOutput.Unbind(var lease):
                Unbind(lease);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Send(Socket socket, DhcpMessage message, IPv4Address to)
    {
        var writer = new WireWriter(stackalloc byte[DhcpMessage.MaxOctets]);
        message.Write(ref writer);
        try
        {
            socket.SendTo(writer.Written, Http.Addresses.ToSystem(new IpEndpoint(new(to), ServerPort)));
        }
        catch (SocketException exception)
        {
            // The interface is off, or not there yet: the client repeats itself.
            log.Say($"{card.Name}: DHCP cannot be sent: {exception.Message}");
        }
    }

    // The kernel keeps it until it knows the server's hardware address, and drops it with the address that it comes from.
    private static unsafe void AwaitSent(Socket socket)
    {
        var until = Environment.TickCount64 + (long)UntilSent.TotalMilliseconds;
        int waiting;
        while (Native.Control((int)socket.Handle, WaitingOctets, &waiting) == 0 && waiting > 0 && Environment.TickCount64 < until)
            Thread.Sleep(LookEvery);
    }

    private void Bind(DhcpLease lease)
    {
        routes.Ask($"{card.Name}: {lease.Address}/{lease.PrefixLength}", sequence => RouteRequest.AddAddress(card.Index, new(lease.Address), lease.PrefixLength, sequence));
        // A lease that says nothing about it ends what one before it said.
        var mtu = lease.Mtu ?? card.Mtu;
        routes.Ask($"{card.Name}: packets of {mtu}", sequence => RouteRequest.SwitchOn(card.Index, mtu, sequence));
        foreach (var route in lease.Routes)
            routes.Ask($"{card.Name}: the way to {route}", sequence => RouteRequest.AddRoute(card.Index, new(route.Destination), route.PrefixLength, Gateway(route), Metric + card.Index, sequence));
        bound();
        Name(lease);
        log.Say($"{card.Name}: {lease.Address}/{lease.PrefixLength} by {lease.Router?.ToString() ?? "nobody"} from DHCP for {lease.Duration?.ToString() ?? "ever"}");
        first.TrySetResult(lease);
    }

    private void Name(DhcpLease lease) => resolvers.Set(card.Name, "dhcp", lease.NameServers.Select(server => new IpAddress(server)), lease.DomainName);

    private void Unbind(DhcpLease lease)
    {
        foreach (var route in lease.Routes)
            routes.Ask($"{card.Name}: the end of the way to {route}", sequence => RouteRequest.RemoveRoute(card.Index, new(route.Destination), route.PrefixLength, Gateway(route), Metric + card.Index, sequence), NoSuchProcess, NoSuchDevice);
        routes.Ask($"{card.Name}: the end of {lease.Address}", sequence => RouteRequest.RemoveAddress(card.Index, new(lease.Address), lease.PrefixLength, sequence), NoSuchAddress, NoSuchDevice);
        resolvers.Set(card.Name, "dhcp", [], domain: null);
        log.Say($"{card.Name}: {lease.Address} is over");
    }

    private static IpAddress? Gateway(DhcpRoute route) => route.Router is { } router ? new IpAddress(router) : null;

    private uint RandomNumber()
    {
        Span<byte> octets = stackalloc byte[4];
        random.Fill(octets);
        return BitConverter.ToUInt32(octets);
    }
}
