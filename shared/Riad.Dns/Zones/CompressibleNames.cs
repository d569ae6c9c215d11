namespace Riad.Dns.Zones;

/// <summary>Where a type's record data holds names that a message may compress: after some fixed octets, one or two names in a row.</summary>
/// <remarks>
/// Source: RFC 3597 §4: the types of RFC 1035 and no others. Of those, the obsolete ones (MD, MF, MB, MG, MR, MINFO) are opaque
/// here: nothing has checked that their data holds names.
/// </remarks>
internal readonly record struct CompressibleNames(int Offset, int Count)
{
    /// <summary>The layout of a type; no names for the types that have none or must not compress them.</summary>
    public static CompressibleNames Of(ushort type) => type switch
    {
        2 or 5 or 12 => new(0, 1), // NS CNAME PTR
        6 => new(0, 2), // SOA
        15 => new(2, 1), // MX
        _ => default,
    };
}
