using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Riad.Core;

namespace Riad.Net.Io.Linux;

/// <summary>Reads and writes struct sockaddr_in and sockaddr_in6.</summary>
internal static class SocketAddress
{
    /// <summary>Space for either form.</summary>
    internal const int MaxOctets = 28;

    private const int Octets4 = 16;

    /// <summary>Octets of the form that belongs to <paramref name="address"/>.</summary>
    internal static int LengthFor(IpAddress address) => address.IsIPv6 ? MaxOctets : Octets4;

    /// <summary>AF_INET or AF_INET6.</summary>
    internal static int FamilyOf(IpAddress address) => address.IsIPv6 ? Native.AF_INET6 : Native.AF_INET;

    /// <summary>Writes an endpoint.</summary>
    /// <returns>Octets written.</returns>
    internal static int Write(Span<byte> space, IpEndpoint endpoint)
    {
        var length = LengthFor(endpoint.Address);
        space[..length].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(space, (ushort)FamilyOf(endpoint.Address));
        BinaryPrimitives.WriteUInt16BigEndian(space[2..], endpoint.Port);
        if (endpoint.Address.IsIPv6)
            endpoint.Address.V6.Write(space[8..]);
        else
            BinaryPrimitives.WriteUInt32BigEndian(space[4..], endpoint.Address.V4.Value);
        return length;
    }

    /// <summary>Reads what the kernel wrote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static IpEndpoint Read(ReadOnlySpan<byte> octets)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        return BinaryPrimitives.ReadUInt16LittleEndian(octets) == Native.AF_INET6
            ? new(new IpAddress(IPv6Address.Read(octets[8..])), port)
            : new(new IpAddress(new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(octets[4..]))), port);
    }
}
