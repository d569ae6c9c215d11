namespace Riad.Interop.Tests.Peers;

/// <summary>The servers that we compare ourselves with.</summary>
public enum PeerKind
{
    /// <summary>NLnet Labs' NSD.</summary>
    Nsd,

    /// <summary>CZ.NIC's Knot DNS.</summary>
    Knot,

    /// <summary>ISC's BIND 9.</summary>
    Bind,
}
