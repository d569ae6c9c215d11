namespace Riad.Dns.Messages;

/// <summary>Numbers of types that exist in messages alone: no zone holds them, so they are no <see cref="Records.RrType"/>.</summary>
/// <remarks>Source: RFC 6895 §3.1; IANA, "Resource Record (RR) TYPEs".</remarks>
public static class QueryTypes
{
    /// <summary>The pseudo-record of EDNS. RFC 6891 §6.1.</summary>
    public const ushort Opt = 41;

    /// <summary>Agreement on a key. RFC 2930.</summary>
    public const ushort Tkey = 249;

    /// <summary>The signature of a transaction. RFC 8945 §4.2.</summary>
    public const ushort Tsig = 250;

    /// <summary>A transfer of differences. RFC 1995 §3.</summary>
    public const ushort Ixfr = 251;

    /// <summary>A transfer of a whole zone. RFC 5936 §2.</summary>
    public const ushort Axfr = 252;

    /// <summary>Mailbox types; obsolete. RFC 1035 §3.2.3.</summary>
    public const ushort Mailb = 253;

    /// <summary>Mail agents; obsolete. RFC 1035 §3.2.3.</summary>
    public const ushort Maila = 254;

    /// <summary>Any type that the server chooses to give. RFC 1035 §3.2.3, RFC 8482.</summary>
    public const ushort Any = 255;
}
