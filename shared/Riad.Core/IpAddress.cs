namespace Riad.Core;

/// <summary>An IPv4 or IPv6 address.</summary>
/// <remarks>The default is the IPv4 address 0.0.0.0. IPv4 sorts before IPv6.</remarks>
public readonly record struct IpAddress : IComparable<IpAddress>
{
    // An IPv4 address is the last four octets.
    private readonly IPv6Address value;

    /// <summary>An IPv4 address.</summary>
    public IpAddress(IPv4Address address) => (value, IsIPv6) = (new(0, address.Value), false);

    /// <summary>An IPv6 address.</summary>
    public IpAddress(IPv6Address address) => (value, IsIPv6) = (address, true);

    /// <summary>True for IPv6, false for IPv4.</summary>
    public bool IsIPv6 { get; }

    /// <summary>The address as IPv4. Meaningful only when <see cref="IsIPv6"/> is false.</summary>
    public IPv4Address V4 => new((uint)value.Lower);

    /// <summary>The address as IPv6. Meaningful only when <see cref="IsIPv6"/> is true.</summary>
    public IPv6Address V6 => value;

    /// <summary>True for 127.0.0.0/8 and ::1.</summary>
    public bool IsLoopback => IsIPv6 ? value is { Upper: 0, Lower: 1 } : (uint)value.Lower >> 24 == 127;

    /// <summary>True for 0.0.0.0 and ::, which stand for every address of the host.</summary>
    public bool IsAny => value is { Upper: 0, Lower: 0 };

    /// <summary>The IPv4 address inside ::ffff:0:0/96, or this address itself.</summary>
    /// <remarks>Source: RFC 4291 §2.5.5.2.</remarks>
    public IpAddress Unmapped => IsIPv6 && value.Upper == 0 && value.Lower >> 32 == 0xffff ? new(V4) : this;

    /// <summary>The first address of the network of this length, which stands for the whole network.</summary>
    /// <param name="bits">0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    public IpAddress Network(int bits)
    {
        if (!IsIPv6)
            return new(new IPv4Address((uint)(V4.Value & Leading(bits + 32))));
        return new(new IPv6Address(value.Upper & Leading(bits), value.Lower & Leading(bits - 64)));
    }

    private static ulong Leading(int bits) => bits <= 0 ? 0 : ulong.MaxValue << (64 - Math.Min(bits, 64));

    /// <summary>Reads either text form, without brackets, port or zone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        if (IPv4Address.TryParse(text, out var v4))
        {
            address = new(v4);
            return true;
        }
        if (!IPv6Address.TryParse(text, out var v6))
            return false;
        address = new(v6);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(IpAddress other) => IsIPv6 == other.IsIPv6 ? value.CompareTo(other.value) : IsIPv6.CompareTo(other.IsIPv6);

    /// <inheritdoc/>
    public override string ToString() => IsIPv6 ? V6.ToString() : V4.ToString();

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;
}
