using System.Globalization;
using System.Text;
using Riad.Core;

namespace Riad.Dns.Server.Access;

/// <summary>An address, or a network of them.</summary>
/// <param name="Network">Its first address.</param>
/// <param name="Bits">How many bits all of them share.</param>
public readonly record struct AddressRange(IpAddress Network, int Bits)
{
    /// <summary>Reads ADDRESS or ADDRESS/BITS, where no bit is set behind the network's.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpAddress.TryParse(Encoding.Latin1.GetBytes(slash < 0 ? text : text[..slash]), out var address))
            return false;
        var (most, bits) = (address.IsIPv6 ? 128 : 32, 0);
        if (slash >= 0 && !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits))
            return false;
        range = new(address, slash < 0 ? most : bits);
        return range.Bits <= most && address.Network(range.Bits) == address;
    }

    /// <summary>True when the address lies inside; an IPv4 address in IPv6 form counts as IPv4.</summary>
    public bool Contains(IpAddress address) => address.Unmapped.IsIPv6 == Network.IsIPv6 && address.Unmapped.Network(Bits) == Network;

    /// <inheritdoc/>
    public override string ToString() => $"{Network}/{Bits}";
}
