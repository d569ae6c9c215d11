using Riad.Core;

namespace Riad.Net.Dhcp;

/// <summary>One option of a DHCP message.</summary>
/// <param name="Code">1 to 254; see <see cref="DhcpOptionCode"/>.</param>
/// <param name="Value">Any length: what is longer than 255 octets is cut and joined on the wire (RFC 3396).</param>
public readonly record struct DhcpOption(byte Code, Octets Value);
