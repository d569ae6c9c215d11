using System.Buffers.Binary;
using Riad.Core;

namespace Riad.Net.Netlink;

/// <summary>What a host asks of its kernel about interfaces, addresses and ways. Each request is one message, which the kernel acknowledges.</summary>
/// <remarks>Source: Linux, rtnetlink(7); include/uapi/linux/{rtnetlink,if_link,if_addr}.h.</remarks>
public static class RouteRequest
{
    private const ushort NewLink = 16, GetLink = 18, NewAddress = 20, DeleteAddress = 21, GetAddress = 22, NewRoute = 24, DeleteRoute = 25;
    private const ushort IsRequest = 1, WantsAcknowledgement = 4, Replaces = 0x100, Creates = 0x400, Lists = 0x300;
    private const byte Unspecified = 0, InterNetwork = 2, InterNetwork6 = 10;
    private const ushort LinkMtu = 4;
    private const ushort AddressAttribute = 1, LocalAttribute = 2, BroadcastAttribute = 4;
    private const byte NoDuplicateDetection = 2;
    private const ushort Destination = 1, OutInterface = 4, Gateway = 5, Priority = 6;
    private const byte MainTable = 254, SetAtBoot = 3, Unicast = 1, Universe = 0, Link = 253;
    private const uint Up = 1, OnLink = 4;

    /// <summary>Switches an interface on.</summary>
    /// <param name="index">The kernel's number of the interface.</param>
    /// <param name="mtu">The largest packet; null leaves it.</param>
    /// <param name="sequence">Comes back in the acknowledgement.</param>
    public static byte[] SwitchOn(uint index, ushort? mtu, uint sequence)
    {
        var message = new NetlinkWriter(NewLink, IsRequest | WantsAcknowledgement, sequence)
            .WriteByte(Unspecified).WriteByte(0).WriteUInt16(0).WriteUInt32(index).WriteUInt32(Up).WriteUInt32(Up);
        if (mtu is { } octets)
            message.WriteAttribute(LinkMtu, octets);
        return message.ToArray();
    }

    /// <summary>Gives an interface an address, or changes nothing when it has it.</summary>
    /// <param name="index">The kernel's number of the interface.</param>
    /// <param name="address">Of either family.</param>
    /// <param name="prefixLength">How many bits of it are the network.</param>
    /// <param name="sequence">Comes back in the acknowledgement.</param>
    /// <param name="isChecked">True to have an IPv6 address used only when nobody else on the link has it, a second later; what a person chose is used at once.</param>
    public static byte[] AddAddress(uint index, IpAddress address, int prefixLength, uint sequence, bool isChecked = false) =>
        AboutAddress(NewAddress, IsRequest | WantsAcknowledgement | Replaces | Creates, index, address, prefixLength, isChecked || !address.IsIPv6 ? (byte)0 : NoDuplicateDetection, sequence);

    /// <summary>Takes an address from an interface.</summary>
    public static byte[] RemoveAddress(uint index, IpAddress address, int prefixLength, uint sequence) =>
        AboutAddress(DeleteAddress, IsRequest | WantsAcknowledgement, index, address, prefixLength, 0, sequence);

    /// <summary>Asks for all interfaces: they come as if each had just changed, then an answer.</summary>
    public static byte[] ListLinks(uint sequence) =>
        new NetlinkWriter(GetLink, IsRequest | Lists, sequence).WriteUInt32(0).WriteUInt32(0).WriteUInt32(0).WriteUInt32(0).ToArray();

    /// <summary>The same for all addresses of IPv6.</summary>
    public static byte[] ListAddresses(uint sequence) =>
        new NetlinkWriter(GetAddress, IsRequest | Lists, sequence).WriteByte(InterNetwork6).WriteByte(0).WriteByte(0).WriteByte(0).WriteUInt32(0).ToArray();

    /// <summary>Sends what has no other way through a router on this interface.</summary>
    /// <param name="index">The kernel's number of the interface.</param>
    /// <param name="gateway">The router. It is on the Ethernet of this interface also when the network of the interface does not hold its address.</param>
    /// <param name="metric">The lowest of several ways is taken.</param>
    /// <param name="sequence">Comes back in the acknowledgement.</param>
    public static byte[] AddDefaultRoute(uint index, IpAddress gateway, uint metric, uint sequence) =>
        AddRoute(index, Everything(gateway), 0, gateway, metric, sequence);

    /// <summary>Takes back <see cref="AddDefaultRoute"/>.</summary>
    public static byte[] RemoveDefaultRoute(uint index, IpAddress gateway, uint metric, uint sequence) =>
        RemoveRoute(index, Everything(gateway), 0, gateway, metric, sequence);

    /// <summary>Sends what goes to a network through a router on this interface, or there directly.</summary>
    /// <param name="index">The kernel's number of the interface.</param>
    /// <param name="destination">The network.</param>
    /// <param name="prefixLength">How many bits of it are the network.</param>
    /// <param name="gateway">As for <see cref="AddDefaultRoute"/>; null when the network lies on the Ethernet of this interface.</param>
    /// <param name="metric">The lowest of several ways is taken.</param>
    /// <param name="sequence">Comes back in the acknowledgement.</param>
    public static byte[] AddRoute(uint index, IpAddress destination, int prefixLength, IpAddress? gateway, uint metric, uint sequence) =>
        AboutRoute(NewRoute, IsRequest | WantsAcknowledgement | Replaces | Creates, index, destination, prefixLength, gateway, metric, sequence);

    /// <summary>Takes back <see cref="AddRoute"/>.</summary>
    public static byte[] RemoveRoute(uint index, IpAddress destination, int prefixLength, IpAddress? gateway, uint metric, uint sequence) =>
        AboutRoute(DeleteRoute, IsRequest | WantsAcknowledgement, index, destination, prefixLength, gateway, metric, sequence);

    private static byte[] AboutAddress(ushort type, ushort flags, uint index, IpAddress address, int prefixLength, byte addressFlags, uint sequence)
    {
        var message = new NetlinkWriter(type, flags, sequence)
            .WriteByte(FamilyOf(address)).WriteByte((byte)prefixLength).WriteByte(addressFlags).WriteByte(Universe).WriteUInt32(index)
            .WriteAttribute(LocalAttribute, Octets(address)).WriteAttribute(AddressAttribute, Octets(address));
        if (!address.IsIPv6 && prefixLength < 31)
            message.WriteAttribute(BroadcastAttribute, Octets(new IpAddress(new IPv4Address(address.V4.Value | uint.MaxValue >> prefixLength))));
        return message.ToArray();
    }

    private static byte[] AboutRoute(ushort type, ushort flags, uint index, IpAddress destination, int prefixLength, IpAddress? gateway, uint metric, uint sequence)
    {
        var message = new NetlinkWriter(type, flags, sequence)
            .WriteByte(FamilyOf(destination)).WriteByte((byte)prefixLength).WriteByte(0).WriteByte(0)
            .WriteByte(MainTable).WriteByte(SetAtBoot).WriteByte(gateway is null ? Link : Universe).WriteByte(Unicast).WriteUInt32(gateway is null ? 0 : OnLink);
        if (prefixLength > 0)
            message.WriteAttribute(Destination, Octets(destination));
        if (gateway is { } router)
            message.WriteAttribute(Gateway, Octets(router));
        return message.WriteAttribute(OutInterface, index).WriteAttribute(Priority, metric).ToArray();
    }

    private static IpAddress Everything(IpAddress family) => family.IsIPv6 ? new(default(IPv6Address)) : new(default(IPv4Address));

    private static byte FamilyOf(IpAddress address) => address.IsIPv6 ? InterNetwork6 : InterNetwork;

    private static byte[] Octets(IpAddress address)
    {
        var octets = new byte[address.IsIPv6 ? 16 : 4];
        if (address.IsIPv6)
            address.V6.Write(octets);
        else
            BinaryPrimitives.WriteUInt32BigEndian(octets, address.V4.Value);
        return octets;
    }
}
