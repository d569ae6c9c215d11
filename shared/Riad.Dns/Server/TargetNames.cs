using Riad.Dns.Names;

namespace Riad.Dns.Server;

/// <summary>The hosts that a record names: whoever asks for the record will ask for their addresses next.</summary>
internal static class TargetNames
{
    private const ushort NameServer = 2;
    private const ushort MailExchange = 15;
    private const ushort Service = 33;
    private const ushort NamingAuthority = 35;
    private const ushort ServiceBinding = 64;
    private const ushort Https = 65;

    /// <summary>True for NS, MX, SRV, NAPTR, SVCB and HTTPS.</summary>
    /// <remarks>Source: RFC 1035 §3.3, RFC 2782, RFC 3403 §4.1, RFC 9460 §4.1.</remarks>
    public static bool Has(ushort type) => type is NameServer or MailExchange or Service or NamingAuthority or ServiceBinding or Https;

    /// <summary>The host that uncompressed record data names; empty when it names none.</summary>
    /// <param name="type">One for which <see cref="Has"/> is true.</param>
    /// <param name="rdata">Valid for the type.</param>
    /// <param name="owner">The record's owner, which "." stands for in a service binding.</param>
    public static ReadOnlySpan<byte> Of(ushort type, ReadOnlySpan<byte> rdata, ReadOnlySpan<byte> owner)
    {
        var at = Locate(type, rdata, out var isOwner);
        if (at < 0 || isOwner)
            return isOwner ? owner : default;
        return NameOctets.TryMeasure(rdata[at..], out var length) ? rdata.Slice(at, length) : default;
    }

    /// <summary>Where the host's name begins in record data, which may be compressed.</summary>
    /// <param name="type">One for which <see cref="Has"/> is true.</param>
    /// <param name="rdata">Valid for the type.</param>
    /// <param name="isOwner">True when the owner itself is meant (RFC 9460 §2.5.2).</param>
    /// <returns>-1 when the data names no host.</returns>
    public static int Locate(ushort type, ReadOnlySpan<byte> rdata, out bool isOwner)
    {
        var at = type switch
        {
            MailExchange or ServiceBinding or Https => 2,
            Service => 6,
            NamingAuthority => SkipStrings(rdata),
            _ => 0,
        };
        isOwner = false;
        if (at >= rdata.Length)
            return -1;
        if (rdata[at] != 0)
            return at;
        isOwner = type is ServiceBinding or Https && (rdata[0] | rdata[1]) != 0; // not in alias form
        return isOwner ? at : -1;
    }

    /// <summary>NAPTR: order, preference, then three character strings.</summary>
    private static int SkipStrings(ReadOnlySpan<byte> rdata)
    {
        var at = 4;
        for (var strings = 0; strings < 3 && at < rdata.Length; strings++)
            at += rdata[at] + 1;
        return at;
    }
}
