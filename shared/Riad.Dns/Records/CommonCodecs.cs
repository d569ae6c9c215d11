using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>Codecs that several types share.</summary>
internal static class CommonCodecs
{
    public static readonly RdataCodec<DomainName> Name = new(DomainName.Read, static (name, ref writer) => name.Write(ref writer));

    public static readonly RdataCodec<IPv4Address> IPv4 = new(IPv4Address.Read, static (address, ref writer) => address.Write(ref writer));

    public static readonly RdataCodec<IPv6Address> IPv6 = new(IPv6Address.Read, static (address, ref writer) => address.Write(ref writer));

    public static readonly RdataCodec<Octets> Opaque = new(static (ref reader) => new(reader.ReadRest()), static (octets, ref writer) => writer.WriteOctets(octets.Span));
}
