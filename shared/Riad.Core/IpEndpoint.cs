using System.Globalization;
using System.Text;

namespace Riad.Core;

/// <summary>An address and a port.</summary>
/// <param name="Address">IPv4 or IPv6.</param>
/// <param name="Port">0 means: the system chooses.</param>
public readonly record struct IpEndpoint(IpAddress Address, ushort Port) : IComparable<IpEndpoint>
{
    /// <summary>Reads ADDRESS:PORT, an IPv6 address in brackets.</summary>
    public static bool TryParse(string text, out IpEndpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        var host = text[..colon];
        var bracketed = host is ['[', .., ']'];
        if (!IpAddress.TryParse(Encoding.ASCII.GetBytes(bracketed ? host[1..^1] : host), out var address) || address.IsIPv6 != bracketed)
            return false;
        endpoint = new(address, port);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(IpEndpoint other) => Address.CompareTo(other.Address) is var order and not 0 ? order : Port.CompareTo(other.Port);

    /// <inheritdoc/>
    public override string ToString() => Address.IsIPv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(IpEndpoint left, IpEndpoint right) => left.CompareTo(right) < 0;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(IpEndpoint left, IpEndpoint right) => left.CompareTo(right) > 0;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(IpEndpoint left, IpEndpoint right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(IpEndpoint left, IpEndpoint right) => left.CompareTo(right) >= 0;
}
