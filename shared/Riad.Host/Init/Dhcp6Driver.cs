using System.Net;
using System.Net.Sockets;
using System.Text;
using Riad.Core;
using Riad.Net.Dhcp6;
using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>Runs a <see cref="Dhcp6Client"/> on one interface, where routers say that there is something to ask. Decides nothing.</summary>
internal sealed class Dhcp6Driver(EthernetInterface card, bool wantsAddress, RouteSocket routes, Resolvers resolvers, HostClock clock, IRandom random, MachineLog log)
{
    private const int ClientPort = 546, ServerPort = 547, SocketLevel = 1, BindToDevice = 25, MaxDatagram = 1500, WholeAddress = 128;
    private const int NoSuchAddress = 99, NoSuchDevice = 19;
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    // ff02::1:2, on this link.
    private readonly IPEndPoint servers = new(new IPAddress([0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2], card.Index), ServerPort);
    private readonly Inbox<Dhcp6Input> inbox = new(clock);
    private readonly CarrierWatch carrier = new(card);
    private Dhcp6Client client = Dhcp6Client.Create(card.HardwareAddress, wantsAddress);

    /// <summary>The address that it got; null without one.</summary>
    public IPv6Address? Address => Volatile.Read(ref client).Address;

    /// <summary>Takes what the kernel says of any interface.</summary>
    public void Hear(RouteEvent.Link link)
    {
        if (carrier.IsBack(link))
            inbox.Put(new Dhcp6Input.Reconnected());
    }

    /// <summary>Takes what the kernel says of an address of this interface.</summary>
    public void Hear(RouteEvent.Duplicate duplicate) => inbox.Put(new Dhcp6Input.Duplicate(duplicate.Address));

    /// <summary>Gives the address back: <see cref="RunAsync"/> ends then.</summary>
    public void Release() => inbox.Put(new Dhcp6Input.Release());

    /// <summary>Runs until the token is cancelled or the address is given back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(SocketLevel, BindToDevice, Encoding.ASCII.GetBytes(card.Name + '\0'));
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, ClientPort));
        carrier.Begin();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var receiving = ReceiveAsync(socket, end.Token);
        try
        {
            while (!client.IsReleased)
            {
                var input = await inbox.NextAsync(client.WakeAt, stop) ?? new Dhcp6Input.Tick();
                if (stop.IsCancellationRequested)
                    break;
                var (next, outputs) = client.Step(input, clock.Elapsed, RandomNumber());
                Volatile.Write(ref client, next);
                foreach (var output in outputs)
                    Perform(socket, output);
            }
        }
        finally
        {
            await end.CancelAsync();
            await receiving;
        }
        if (client.Address is { } address)
            Unbind(new(address));
    }

    private async Task ReceiveAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[MaxDatagram];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveAsync(buffer, stop);
                if (Dhcp6Message.TryRead(buffer.AsSpan(0, length), out var message, out _))
                    inbox.Put(new Dhcp6Input.Received(message));
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

    private void Perform(Socket socket, Dhcp6Output output)
    {
        switch (output)
        {
            case Dhcp6Output.Send(var message):
                if (message.Type is Dhcp6MessageType.Decline)
                    log.Say($"{card.Name}: the address from DHCPv6 is in use by another, so it is declined");
                Send(socket, message);
                break;
            case Dhcp6Output.Bind(var address):
                routes.Ask($"{card.Name}: {address}", sequence => RouteRequest.AddAddress(card.Index, new(address), WholeAddress, sequence, isChecked: true));
                log.Say($"{card.Name}: {address} from DHCPv6");
                break;
            case Dhcp6Output.Unbind(var address):
                Unbind(new(address));
                break;
            case Dhcp6Output.Name(var named, var domains):
                resolvers.Set(card.Name, "dhcpv6", named.Select(server => new IpAddress(server)), domains is [var first, ..] ? first : null);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Send(Socket socket, Dhcp6Message message)
    {
        var writer = new WireWriter(stackalloc byte[Dhcp6Message.MaxOctets]);
        message.Write(ref writer);
        try
        {
            socket.SendTo(writer.Written, servers);
        }
        catch (SocketException)
        {
            // Its own address on the link is still being tried: the client repeats itself.
        }
    }

    private void Unbind(IpAddress address)
    {
        routes.Ask($"{card.Name}: the end of {address}", sequence => RouteRequest.RemoveAddress(card.Index, address, WholeAddress, sequence), NoSuchAddress, NoSuchDevice);
        log.Say($"{card.Name}: {address} is over");
    }

    private uint RandomNumber()
    {
        Span<byte> octets = stackalloc byte[4];
        random.Fill(octets);
        return BitConverter.ToUInt32(octets);
    }
}
