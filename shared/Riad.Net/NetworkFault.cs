namespace Riad.Net;

/// <summary>What the world refused.</summary>
public enum NetworkFault
{
    /// <summary>Another process, or another service of this one, holds the port.</summary>
    PortTaken,

    /// <summary>The port needs a privilege that the process does not have.</summary>
    PermissionDenied,

    /// <summary>No interface of the host has the address.</summary>
    AddressNotAvailable,

    /// <summary>Nobody listens there.</summary>
    Refused,

    /// <summary>There is no way to the address.</summary>
    Unreachable,

    /// <summary>The connection was ended by the other side, by a fault on the way, or by <see cref="TcpFlow.Abort"/>.</summary>
    Reset,

    /// <summary>The datagram is longer than what may be sent in one piece.</summary>
    TooLong,

    /// <summary>Any other refusal; the message says which.</summary>
    Other,
}
