using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>IPv4 and IPv6 addresses.</summary>
internal static class AddressField
{
    public static void ParseIPv4(ref RdataTextReader reader)
    {
        if (IPv4Address.TryParse(reader.Take(RdataFault.IPv4), out var address))
            address.Write(ref reader.Output);
        else
            reader.Fail(RdataFault.IPv4);
    }

    public static void ParseIPv6(ref RdataTextReader reader)
    {
        if (IPv6Address.TryParse(reader.Take(RdataFault.IPv6), out var address))
            address.Write(ref reader.Output);
        else
            reader.Fail(RdataFault.IPv6);
    }
}
