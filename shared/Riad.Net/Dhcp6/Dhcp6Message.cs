using System.Diagnostics.CodeAnalysis;
using Riad.Core;

namespace Riad.Net.Dhcp6;

/// <summary>One option of a DHCPv6 message.</summary>
/// <param name="Code">See <see cref="Dhcp6OptionCode"/>.</param>
/// <param name="Value">At most 65,535 octets.</param>
public readonly record struct Dhcp6Option(ushort Code, Octets Value);

/// <summary>A DHCPv6 message between a client and a server, as it lies in a UDP datagram.</summary>
/// <param name="Type">What it says.</param>
/// <param name="TransactionId">24 bits: chosen by the client at random, repeated by the server.</param>
/// <param name="Options">In their order.</param>
/// <remarks>Source: RFC 8415 §8. Messages of relays look different and are not for clients.</remarks>
public sealed record Dhcp6Message(Dhcp6MessageType Type, uint TransactionId, Seq<Dhcp6Option> Options)
{
    /// <summary>Octets of a datagram that every link carries.</summary>
    public const int MaxOctets = 1280 - 40 - 8;

    private const uint TransactionMask = 0xff_ffff;

    /// <summary>The value of the first option with this code, empty when there is none.</summary>
    public ReadOnlySpan<byte> Find(ushort code) => Find(Options, code);

    /// <summary>Reads a datagram.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out Dhcp6Message? message, out WireError error)
    {
        var reader = new WireReader(datagram);
        var head = reader.ReadUInt32();
        var options = ReadOptions(ref reader);
        message = reader.TryFinish(out error) ? new((Dhcp6MessageType)(head >> 24), head & TransactionMask, options) : null;
        return message is not null;
    }

    /// <summary>Writes it.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteUInt32((uint)Type << 24 | (TransactionId & TransactionMask));
        foreach (var option in Options)
        {
            writer.WriteUInt16(option.Code);
            writer.WriteUInt16((ushort)option.Value.Length);
            writer.WriteOctets(option.Value.Span);
        }
    }

    internal static Seq<Dhcp6Option> ReadOptions(ref WireReader reader)
    {
        var options = new List<Dhcp6Option>();
        while (!reader.Failed && reader.Remaining > 0)
        {
            var code = reader.ReadUInt16();
            var value = reader.ReadOctets(reader.ReadUInt16());
            if (!reader.Failed)
                options.Add(new(code, new(value)));
        }
        return options.ToSeq();
    }

    internal static ReadOnlySpan<byte> Find(Seq<Dhcp6Option> options, ushort code)
    {
        foreach (var option in options.AsSpan())
        {
            if (option.Code == code)
                return option.Value.Span;
        }
        return default;
    }
}
