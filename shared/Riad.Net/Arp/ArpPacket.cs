using System.Diagnostics.CodeAnalysis;
using Riad.Core;

namespace Riad.Net.Arp;

/// <summary>A frame by which hosts of an Ethernet tell and ask who has an IPv4 address.</summary>
/// <param name="IsReply">False for a question.</param>
/// <param name="SenderHardware">Six octets.</param>
/// <param name="Sender">The address that the sender has; 0.0.0.0 in a probe.</param>
/// <param name="TargetHardware">Six octets; all zero in a question.</param>
/// <param name="Target">The address that is asked for.</param>
/// <remarks>Source: RFC 826; probes and announcements RFC 5227 §2.1 and §2.3.</remarks>
public sealed record ArpPacket(bool IsReply, Octets SenderHardware, IPv4Address Sender, Octets TargetHardware, IPv4Address Target)
{
    /// <summary>Octets of a frame as it is written; Ethernet fills it up.</summary>
    public const int FrameOctets = 14 + 28;

    private const ushort ArpType = 0x0806, Ethernet = 1, IPv4Type = 0x0800, Question = 1, Reply = 2;
    private const int HardwareOctets = 6, AddressOctets = 4;

    private static readonly Octets Nobody = new([0, 0, 0, 0, 0, 0]);

    /// <summary>The question whether somebody has an address, which claims it for nobody.</summary>
    public static ArpPacket Probe(Octets hardware, IPv4Address address) => new(IsReply: false, hardware, default, Nobody, address);

    /// <summary>Tells all neighbours who has an address now.</summary>
    public static ArpPacket Announcement(Octets hardware, IPv4Address address) => new(IsReply: false, hardware, address, Nobody, address);

    /// <summary>True when somebody else has the address, or is about to take it.</summary>
    /// <param name="address">The address.</param>
    /// <param name="own">Our hardware address: some switches send back what we sent.</param>
    /// <remarks>Source: RFC 5227 §2.1.1.</remarks>
    public bool Claims(IPv4Address address, Octets own) =>
        SenderHardware != own && (Sender == address || (Sender == default && Target == address && !IsReply));

    /// <summary>Reads a frame with its Ethernet header; what follows the packet fills the frame up.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, [NotNullWhen(true)] out ArpPacket? packet, out WireError error)
    {
        var reader = new WireReader(frame);
        reader.ReadOctets(2 * HardwareOctets);
        if (reader.ReadUInt16() != ArpType || reader.ReadUInt16() != Ethernet || reader.ReadUInt16() != IPv4Type || reader.ReadByte() != HardwareOctets || reader.ReadByte() != AddressOctets)
            reader.Fail(WireFault.Malformed);
        var operation = reader.ReadUInt16();
        if (operation is not (Question or Reply))
            reader.Fail(WireFault.Malformed);
        var (senderHardware, sender) = (new Octets(reader.ReadOctets(HardwareOctets)), IPv4Address.Read(ref reader));
        var (targetHardware, target) = (new Octets(reader.ReadOctets(HardwareOctets)), IPv4Address.Read(ref reader));
        error = reader.Error;
        packet = reader.Failed ? null : new(operation == Reply, senderHardware, sender, targetHardware, target);
        return packet is not null;
    }

    /// <summary>Writes the frame, for everyone on the Ethernet.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.Reserve(HardwareOctets).Fill(byte.MaxValue);
        writer.WriteOctets(SenderHardware.Span);
        writer.WriteUInt16(ArpType);
        writer.WriteUInt16(Ethernet);
        writer.WriteUInt16(IPv4Type);
        writer.WriteByte(HardwareOctets);
        writer.WriteByte(AddressOctets);
        writer.WriteUInt16(IsReply ? Reply : Question);
        writer.WriteOctets(SenderHardware.Span);
        Sender.Write(ref writer);
        writer.WriteOctets(TargetHardware.Span);
        Target.Write(ref writer);
    }
}
