namespace Riad.Dns.Zones;

/// <summary>Where a type's record data holds names that a message may compress: after some fixed octets, one or two names in a row.</summary>
/// <remarks>Source: RFC 3597 §4: the types of RFC 1035 and no others.</remarks>
internal readonly record struct CompressibleNames(int Offset, int Count)
{
    /// <summary>The layout of a type; no names for the types that have none or must not compress them.</summary>
    public static CompressibleNames Of(ushort type) => type switch
    {
        2 or 3 or 4 or 5 or 7 or 8 or 9 or 12 => new(0, 1), // NS MD MF CNAME MB MG MR PTR
        6 or 14 => new(0, 2), // SOA MINFO
        15 => new(2, 1), // MX
        _ => default,
    };
}
