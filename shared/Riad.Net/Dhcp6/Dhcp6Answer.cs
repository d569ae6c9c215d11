using System.Buffers.Binary;
using System.Text;
using Riad.Core;

namespace Riad.Net.Dhcp6;

/// <summary>What a server offers or grants.</summary>
public sealed record Dhcp6Answer
{
    private const uint ForEver = uint.MaxValue, LeastRefresh = 600;
    private const int MaxAddresses = 8, MaxDomains = 6, MaxNameOctets = 253;
    private static readonly TimeSpan UsualRefresh = TimeSpan.FromDays(1);

    /// <summary>By which the server is meant.</summary>
    public required Octets Server { get; init; }

    /// <summary>The address; null without one.</summary>
    public IPv6Address? Address { get; init; }

    /// <summary>An address that is over at once; null without one.</summary>
    public IPv6Address? Withdrawn { get; init; }

    /// <summary>How long the address lasts; null means for ever, or that there is none.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>When to ask the server for more time (T1); null means never.</summary>
    public TimeSpan? RenewAfter { get; init; }

    /// <summary>When to ask every server (T2); null means never.</summary>
    public TimeSpan? RebindAfter { get; init; }

    /// <summary>The highest of several is taken.</summary>
    public byte Preference { get; init; }

    /// <summary>0 for success; the others are of RFC 8415 §21.13.</summary>
    public ushort Status { get; init; }

    /// <summary>Resolvers, at most eight.</summary>
    public Seq<IPv6Address> NameServers { get; init; }

    /// <summary>What to add to short names, at most six; only letters, digits, hyphens and dots.</summary>
    public Seq<string> Domains { get; init; }

    /// <summary>When to ask again for what is no address, ten minutes at least; null means never.</summary>
    public TimeSpan? RefreshAfter { get; init; }

    /// <summary>Reads what an advertisement or a reply holds for an association.</summary>
    /// <param name="message">From a server.</param>
    /// <param name="association">The number of the client's association; others are passed over.</param>
    /// <remarks>
    /// Source: RFC 8415 §21.4, §21.6. Lifetimes and times that make no sense together make the address none; T1 and T2 of
    /// nothing are for the client to choose: half of the preferred lifetime and four fifths of it.
    /// </remarks>
    public static Dhcp6Answer Read(Dhcp6Message message, uint association)
    {
        var answer = new Dhcp6Answer
        {
            Server = new(message.Find(Dhcp6OptionCode.ServerIdentifier)),
            Preference = message.Find(Dhcp6OptionCode.Preference) is [var preference] ? preference : (byte)0,
            Status = StatusOf(message.Find(Dhcp6OptionCode.StatusCode)),
            NameServers = Addresses(message.Find(Dhcp6OptionCode.NameServers)),
            Domains = Names(message.Find(Dhcp6OptionCode.DomainSearch)),
            RefreshAfter = message.Find(Dhcp6OptionCode.InformationRefreshTime) is { Length: 4 } refresh
                ? Seconds(Math.Max(BinaryPrimitives.ReadUInt32BigEndian(refresh), LeastRefresh))
                : UsualRefresh,
        };
        foreach (var option in message.Options)
        {
            if (option.Code == Dhcp6OptionCode.Association && answer.Address is null)
                answer = answer.WithAssociation(option.Value.Span, association);
        }
        return answer;
    }

    private Dhcp6Answer WithAssociation(ReadOnlySpan<byte> octets, uint association)
    {
        var reader = new WireReader(octets);
        var (number, renew, rebind) = (reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
        var options = Dhcp6Message.ReadOptions(ref reader);
        if (!reader.TryFinish(out _) || number != association || (renew > rebind && rebind > 0))
            return this;
        if (StatusOf(Dhcp6Message.Find(options, Dhcp6OptionCode.StatusCode)) is not 0 and var status)
            return this with { Status = status };
        var answer = this;
        foreach (var option in options)
        {
            if (option.Code != Dhcp6OptionCode.Address || !TryReadAddress(option.Value.Span, out var address, out var preferred, out var valid))
                continue;
            if (valid > 0)
                return answer.WithAddress(address, preferred, valid, renew, rebind);
            answer = answer with { Withdrawn = address };
        }
        return answer;
    }

    private Dhcp6Answer WithAddress(IPv6Address address, uint preferred, uint valid, uint renew, uint rebind) => this with
    {
        Address = address,
        ValidFor = Seconds(valid),
        RenewAfter = Seconds(Math.Min(valid, renew > 0 ? renew : Part(preferred, 1, 2))),
        RebindAfter = Seconds(Math.Min(valid, rebind > 0 ? rebind : Part(preferred, 4, 5))),
    };

    private static uint Part(uint seconds, ulong dividend, ulong divisor) => seconds == ForEver ? ForEver : (uint)(seconds * dividend / divisor);

    private static bool TryReadAddress(ReadOnlySpan<byte> octets, out IPv6Address address, out uint preferred, out uint valid)
    {
        var reader = new WireReader(octets);
        address = IPv6Address.Read(ref reader);
        (preferred, valid) = (reader.ReadUInt32(), reader.ReadUInt32());
        var options = Dhcp6Message.ReadOptions(ref reader);
        return reader.TryFinish(out _) && IsHost(address) && preferred <= valid && StatusOf(Dhcp6Message.Find(options, Dhcp6OptionCode.StatusCode)) == 0;
    }

    // Not ::/8 with loopback and nothing, not link-local, not multicast.
    private static bool IsHost(IPv6Address address) => (byte)(address.Upper >> 56) is not (0 or 0xff) && (ushort)(address.Upper >> 48) is < 0xfe80 or > 0xfebf;

    private static ushort StatusOf(ReadOnlySpan<byte> octets) => octets.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(octets) : (ushort)0;

    private static TimeSpan? Seconds(uint seconds) => seconds == ForEver ? null : TimeSpan.FromSeconds(seconds);

    private static Seq<IPv6Address> Addresses(ReadOnlySpan<byte> octets)
    {
        var addresses = new List<IPv6Address>();
        for (; octets.Length >= 16 && addresses.Count < MaxAddresses; octets = octets[16..])
            addresses.Add(IPv6Address.Read(octets));
        return addresses.ToSeq();
    }

    // They go into resolv.conf: letters, digits, hyphens and dots, nothing else. One that is no name ends the list.
    private static Seq<string> Names(ReadOnlySpan<byte> octets)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var reader = new WireReader(octets);
        while (reader.Remaining > 0 && names.Count < MaxDomains)
        {
            var label = reader.ReadOctets(reader.ReadByte());
            if (reader.Failed || label.Length > 63 || !IsLabel(label) || name.Length + label.Length > MaxNameOctets)
                break;
            if (!label.IsEmpty)
            {
                name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(label));
                continue;
            }
            if (name.Length > 0)
                names.Add(name.ToString());
            name.Clear();
        }
        return names.ToSeq();
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        foreach (var octet in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not (byte)'-')
                return false;
        }
        return label.IsEmpty || label[0] is not (byte)'-';
    }
}
