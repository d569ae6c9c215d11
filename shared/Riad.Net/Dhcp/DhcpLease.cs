using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;
using Riad.Core;

namespace Riad.Net.Dhcp;

/// <summary>What a server granted.</summary>
public sealed record DhcpLease
{
    private const uint ForEver = uint.MaxValue;
    private const int MaxAddresses = 8, MaxNameOctets = 255;

    /// <summary>The address of the interface.</summary>
    public required IPv4Address Address { get; init; }

    /// <summary>How many bits of it are the network: 1 to 32.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The server to ask for more time.</summary>
    public required IPv4Address Server { get; init; }

    /// <summary>How long it lasts from the request on; null means for ever.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>When to ask the server for more time (T1), from the request on.</summary>
    public required TimeSpan RenewAfter { get; init; }

    /// <summary>When to ask every server (T2), from the request on; not before <see cref="RenewAfter"/>.</summary>
    public required TimeSpan RebindAfter { get; init; }

    /// <summary>The ways that the server names, each destination once.</summary>
    public Seq<DhcpRoute> Routes { get; init; }

    /// <summary>The way out of the network; null when there is none.</summary>
    public IPv4Address? Router => Routes.FirstOrDefault(route => route.PrefixLength == 0).Router;

    /// <summary>Resolvers, at most eight.</summary>
    public Seq<IPv4Address> NameServers { get; init; }

    /// <summary>NTP servers, at most eight.</summary>
    public Seq<IPv4Address> TimeServers { get; init; }

    /// <summary>What to add to short names; null when the server says nothing that is a name.</summary>
    public string? DomainName { get; init; }

    /// <summary>What the network calls the host; null when the server says nothing that is a name.</summary>
    public string? HostName { get; init; }

    /// <summary>The largest packet; null when the server says nothing, or less than IPv4 needs.</summary>
    public ushort? Mtu { get; init; }

    /// <summary>True when an interface that has the one has the other too: nothing is to be changed but the resolvers.</summary>
    internal bool IsBoundLike(DhcpLease other) => (Address, PrefixLength, Routes, Mtu) == (other.Address, other.PrefixLength, other.Routes, other.Mtu);

    /// <summary>Reads an offer or an acknowledgement; false when it lacks what a lease needs.</summary>
    /// <remarks>
    /// Source: RFC 2131 §4.3.1 and §4.4.5; RFC 3442 for ways. Times that make no sense together, T1 after T2 or T2 after the end, are
    /// replaced by the usual ones: half of the lease and seven eighths of it. Without a mask, the class of the address
    /// is not asked any more: it is 32 bits.
    /// </remarks>
    public static bool TryRead(DhcpMessage message, [NotNullWhen(true)] out DhcpLease? lease)
    {
        lease = null;
        if (message.Find(DhcpOptionCode.ServerIdentifier) is not { Length: 4 } server || Number(message, DhcpOptionCode.LeaseTime) is not (> 0 and var seconds))
            return false;
        if (!IsHost(message.YourAddress) || !TryReadPrefix(message.Find(DhcpOptionCode.SubnetMask), out var prefix))
            return false;
        TimeSpan? duration = seconds == ForEver ? null : TimeSpan.FromSeconds(seconds);
        var (renew, rebind) = Times(message, duration);
        lease = new()
        {
            Address = message.YourAddress,
            PrefixLength = prefix,
            Server = new(BinaryPrimitives.ReadUInt32BigEndian(server)),
            Duration = duration,
            RenewAfter = renew,
            RebindAfter = rebind,
            Routes = RoutesOf(message),
            NameServers = Addresses(message, DhcpOptionCode.DomainNameServer),
            TimeServers = Addresses(message, DhcpOptionCode.NetworkTimeServers),
            DomainName = Name(message.Find(DhcpOptionCode.DomainName)),
            HostName = Name(message.Find(DhcpOptionCode.HostName)),
            Mtu = message.Find(DhcpOptionCode.InterfaceMtu) is { Length: 2 } mtu && BinaryPrimitives.ReadUInt16BigEndian(mtu) is >= 576 and var octets ? octets : null,
        };
        return true;
    }

    // Who names ways by prefix means them in place of the routers (RFC 3442).
    private static Seq<DhcpRoute> RoutesOf(DhcpMessage message) =>
        DhcpRoute.TryReadAll(message.Find(DhcpOptionCode.ClasslessRoutes), out var routes) ? routes
        : Addresses(message, DhcpOptionCode.Router) is [var first, ..] ? [new DhcpRoute(default, 0, first)] : default;

    private static (TimeSpan Renew, TimeSpan Rebind) Times(DhcpMessage message, TimeSpan? duration)
    {
        if (duration is not { } whole)
            return (TimeSpan.MaxValue, TimeSpan.MaxValue);
        var (renew, rebind) = (Seconds(message, DhcpOptionCode.RenewalTime) ?? whole / 2, Seconds(message, DhcpOptionCode.RebindingTime) ?? whole * 7 / 8);
        return renew > TimeSpan.Zero && renew <= rebind && rebind <= whole ? (renew, rebind) : (whole / 2, whole * 7 / 8);
    }

    private static TimeSpan? Seconds(DhcpMessage message, byte code) => Number(message, code) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static uint? Number(DhcpMessage message, byte code) =>
        message.Find(code) is { Length: 4 } octets ? BinaryPrimitives.ReadUInt32BigEndian(octets) : null;

    // Not 0.0.0.0/8, not loopback, not multicast and above.
    internal static bool IsHost(IPv4Address address) => address.Value >> 24 is not 0 and not 127 and < 224;

    private static bool TryReadPrefix(ReadOnlySpan<byte> mask, out int prefix)
    {
        prefix = 32;
        if (mask.IsEmpty)
            return true;
        if (mask.Length != 4)
            return false;
        var bits = BinaryPrimitives.ReadUInt32BigEndian(mask);
        prefix = BitOperations.LeadingZeroCount(~bits);
        return prefix > 0 && BitOperations.PopCount(bits) == prefix;
    }

    private static Seq<IPv4Address> Addresses(DhcpMessage message, byte code)
    {
        var octets = message.Find(code);
        var addresses = new List<IPv4Address>();
        for (; octets.Length >= 4 && addresses.Count < MaxAddresses; octets = octets[4..])
        {
            var address = new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(octets));
            if (IsHost(address))
                addresses.Add(address);
        }
        return addresses.ToSeq();
    }

    // It goes into resolv.conf and to the kernel: letters, digits, hyphens and dots, nothing else.
    private static string? Name(ReadOnlySpan<byte> octets)
    {
        var text = octets.TrimEnd((byte)0);
        if (text.Length is 0 or > MaxNameOctets)
            return null;
        foreach (var octet in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'.'))
                return null;
        }
        return text[0] is (byte)'-' or (byte)'.' ? null : Encoding.ASCII.GetString(text);
    }
}
