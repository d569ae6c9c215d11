using System.Diagnostics.CodeAnalysis;
using Riad.Core;

namespace Riad.Net.Dhcp;

/// <summary>A DHCP message for IPv4, as it lies in a UDP datagram.</summary>
/// <remarks>Source: RFC 2131 §2. The boot file and the server's name are of no use to us and are written empty.</remarks>
public sealed record DhcpMessage
{
    /// <summary>Octets of a datagram that every receiver takes.</summary>
    public const int MaxOctets = 576 - 20 - 8;

    private const byte BootRequest = 1, BootReply = 2, Ethernet = 1;
    private const int HardwareOctets = 16, ServerNameOctets = 64, BootFileOctets = 128, LeastOctets = 300;
    private const ushort BroadcastFlag = 0x8000;
    private const uint Cookie = 0x6382_5363;

    /// <summary>True from server to client.</summary>
    public required bool IsReply { get; init; }

    /// <summary>Chosen by the client at random, repeated by the server (xid).</summary>
    public required uint TransactionId { get; init; }

    /// <summary>Since the client began (secs).</summary>
    public ushort SecondsElapsed { get; init; }

    /// <summary>True when the client cannot yet receive what is sent to an address of its own.</summary>
    public bool Broadcast { get; init; }

    /// <summary>The address that the client has already (ciaddr).</summary>
    public IPv4Address ClientAddress { get; init; }

    /// <summary>The address that the server gives (yiaddr).</summary>
    public IPv4Address YourAddress { get; init; }

    /// <summary>The server of the next step of booting (siaddr).</summary>
    public IPv4Address NextServer { get; init; }

    /// <summary>The relay through which it came (giaddr).</summary>
    public IPv4Address Relay { get; init; }

    /// <summary>The client's address on the Ethernet, at most 16 octets (chaddr).</summary>
    public required Octets HardwareAddress { get; init; }

    /// <summary>In their order, each code once.</summary>
    public Seq<DhcpOption> Options { get; init; }

    /// <summary>What it says.</summary>
    public DhcpMessageType Type => Find(DhcpOptionCode.MessageType) is [var type] ? (DhcpMessageType)type : DhcpMessageType.None;

    /// <summary>The value of an option, empty when it is missing.</summary>
    public ReadOnlySpan<byte> Find(byte code)
    {
        foreach (var option in Options.AsSpan())
        {
            if (option.Code == code)
                return option.Value.Span;
        }
        return default;
    }

    /// <summary>Reads a datagram. Options that come in parts are joined; those in the two overloaded fields are found.</summary>
    /// <remarks>Source: RFC 2131 §2 and §4.1, RFC 3396 §5 and §7.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out DhcpMessage? message, out WireError error)
    {
        var reader = new WireReader(datagram);
        var operation = reader.ReadByte();
        var hardwareType = reader.ReadByte();
        var hardwareLength = reader.ReadByte();
        if (operation is not (BootRequest or BootReply) || hardwareType != Ethernet || hardwareLength > HardwareOctets)
            reader.Fail(WireFault.Malformed);
        reader.ReadByte(); // hops
        var transaction = reader.ReadUInt32();
        var seconds = reader.ReadUInt16();
        var flags = reader.ReadUInt16();
        var (client, your, next, relay) = (IPv4Address.Read(ref reader), IPv4Address.Read(ref reader), IPv4Address.Read(ref reader), IPv4Address.Read(ref reader));
        var hardware = reader.ReadOctets(HardwareOctets);
        var serverName = reader.ReadOctets(ServerNameOctets);
        var bootFile = reader.ReadOctets(BootFileOctets);
        if (reader.ReadUInt32() != Cookie)
            reader.Fail(WireFault.Malformed);
        var options = new DhcpOptionReader();
        options.Read(ref reader);
        options.ReadOverloaded(bootFile, serverName);
        error = reader.Error;
        message = reader.Failed ? null : new()
        {
            IsReply = operation == BootReply,
            TransactionId = transaction,
            SecondsElapsed = seconds,
            Broadcast = (flags & BroadcastFlag) != 0,
            ClientAddress = client,
            YourAddress = your,
            NextServer = next,
            Relay = relay,
            HardwareAddress = new(hardware[..hardwareLength]),
            Options = options.ToSeq(),
        };
        return message is not null;
    }

    /// <summary>Writes it, filled up to the 300 octets that old relays expect.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteByte(IsReply ? BootReply : BootRequest);
        writer.WriteByte(Ethernet);
        writer.WriteByte((byte)HardwareAddress.Length);
        writer.WriteByte(0);
        writer.WriteUInt32(TransactionId);
        writer.WriteUInt16(SecondsElapsed);
        writer.WriteUInt16(Broadcast ? BroadcastFlag : (ushort)0);
        foreach (var address in (ReadOnlySpan<IPv4Address>)[ClientAddress, YourAddress, NextServer, Relay])
            address.Write(ref writer);
        writer.WriteOctets(HardwareAddress.Span);
        writer.Reserve(HardwareOctets - HardwareAddress.Length + ServerNameOctets + BootFileOctets).Clear();
        writer.WriteUInt32(Cookie);
        foreach (var option in Options)
            WriteOption(ref writer, option);
        writer.WriteByte(DhcpOptionCode.End);
        if (writer.Position < LeastOctets)
            writer.Reserve(LeastOctets - writer.Position).Clear();
    }

    private static void WriteOption(ref WireWriter writer, DhcpOption option)
    {
        var rest = option.Value.Span;
        do
        {
            var part = rest[..Math.Min(rest.Length, byte.MaxValue)];
            writer.WriteByte(option.Code);
            writer.WriteByte((byte)part.Length);
            writer.WriteOctets(part);
            rest = rest[part.Length..];
        }
        while (!rest.IsEmpty);
    }
}
