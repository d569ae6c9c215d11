using System.Net;
using System.Net.Sockets;
using System.Text;
using Riad.Core;
using Riad.Net.Dhcp;
using Riad.Net.Netlink;
using IPv4Address = Riad.Core.IPv4Address;

namespace Riad.Host.Init;

/// <summary>Runs a <see cref="DhcpClient"/> on one interface. Decides nothing.</summary>
internal sealed class DhcpDriver(EthernetInterface card, RouteSocket routes, Resolvers resolvers, HostClock clock, IRandom random, MachineLog log)
{
    private const int ClientPort = 68, ServerPort = 67, SocketLevel = 1, BindToDevice = 25, MaxDatagram = 1500;
    private const uint Metric = 100;
    private const int NoSuchProcess = 3, NoSuchAddress = 99;

    private static readonly TimeSpan CarrierPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly TaskCompletionSource<DhcpLease> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DhcpClient client = DhcpClient.Create(card.HardwareAddress);

    /// <summary>Ends with the first lease.</summary>
    public Task<DhcpLease> First => first.Task;

    public async Task RunAsync(CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        socket.SetRawSocketOption(SocketLevel, BindToDevice, Encoding.ASCII.GetBytes(card.Name + '\0'));
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        socket.Bind(new IPEndPoint(IPAddress.Any, ClientPort));
        await WaitForCarrierAsync(stop);
        var buffer = new byte[MaxDatagram];
        while (!stop.IsCancellationRequested)
        {
            var input = await NextAsync(socket, buffer, stop);
            (client, var outputs) = client.Step(input, clock.Elapsed, RandomNumber());
            foreach (var output in outputs)
                Perform(socket, output);
        }
    }

    // What is sent before is lost, and its repetition comes a second later. A card that cannot tell is not waited for.
    private async Task WaitForCarrierAsync(CancellationToken stop)
    {
        var until = clock.Elapsed + CarrierPatience;
        while (!card.HasCarrier() && clock.Elapsed < until)
            await Task.Delay(LookEvery, clock.Provider, stop);
    }

    private async Task<DhcpInput> NextAsync(Socket socket, byte[] buffer, CancellationToken stop)
    {
        using var alarm = CancellationTokenSource.CreateLinkedTokenSource(stop);
        alarm.CancelAfter(AlarmClock.Wait(client.WakeAt, clock.Elapsed));
        try
        {
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, alarm.Token);
                if (DhcpMessage.TryRead(buffer.AsSpan(0, length), out var message, out _))
                    return new DhcpInput.Received(message);
            }
        }
        catch (OperationCanceledException)
        {
            return new DhcpInput.Tick();
        }
    }

    private void Perform(Socket socket, DhcpOutput output)
    {
        switch (output)
        {
            case DhcpOutput.Send(var message, var to):
                Send(socket, message, to);
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

    private void Bind(DhcpLease lease)
    {
        routes.Ask($"{card.Name}: {lease.Address}/{lease.PrefixLength}", sequence => RouteRequest.AddAddress(card.Index, new(lease.Address), lease.PrefixLength, sequence));
        if (lease.Mtu is { } mtu)
            routes.Ask($"{card.Name}: packets of {mtu}", sequence => RouteRequest.SwitchOn(card.Index, mtu, sequence));
        if (lease.Router is { } router)
        {
            if (new IpAddress(router).Network(lease.PrefixLength) != new IpAddress(lease.Address).Network(lease.PrefixLength))
                routes.Ask($"{card.Name}: the router {router}", sequence => RouteRequest.AddHostRoute(card.Index, new(router), Metric + card.Index, sequence));
            routes.Ask($"{card.Name}: the way out by {router}", sequence => RouteRequest.AddDefaultRoute(card.Index, new(router), Metric + card.Index, sequence));
        }
        Name(lease);
        log.Say($"{card.Name}: {lease.Address}/{lease.PrefixLength} by {lease.Router?.ToString() ?? "nobody"} from DHCP for {lease.Duration?.ToString() ?? "ever"}");
        first.TrySetResult(lease);
    }

    private void Name(DhcpLease lease) => resolvers.Set(card.Name + " dhcp", lease.NameServers.Select(server => new IpAddress(server)), lease.DomainName);

    private void Unbind(DhcpLease lease)
    {
        if (lease.Router is { } router)
            routes.Ask($"{card.Name}: the end of the way by {router}", sequence => RouteRequest.RemoveDefaultRoute(card.Index, new(router), Metric + card.Index, sequence), NoSuchProcess);
        routes.Ask($"{card.Name}: the end of {lease.Address}", sequence => RouteRequest.RemoveAddress(card.Index, new(lease.Address), lease.PrefixLength, sequence), NoSuchAddress);
        resolvers.Set(card.Name + " dhcp", [], domain: null);
        log.Say($"{card.Name}: {lease.Address} is over");
    }

    private uint RandomNumber()
    {
        Span<byte> octets = stackalloc byte[4];
        random.Fill(octets);
        return BitConverter.ToUInt32(octets);
    }
}
