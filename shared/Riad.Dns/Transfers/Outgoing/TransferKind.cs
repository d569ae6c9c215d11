namespace Riad.Dns.Transfers.Outgoing;

/// <summary>What a request for a zone was answered with.</summary>
public enum TransferKind
{
    /// <summary>A response code.</summary>
    Refused,

    /// <summary>TC: what was asked for goes over TCP alone.</summary>
    Truncated,

    /// <summary>The SOA record alone: the client has the version, or asked over UDP for more than fits.</summary>
    Current,

    /// <summary>Differences.</summary>
    Differences,

    /// <summary>The whole zone.</summary>
    Whole,
}
