namespace Riad.Dns.Transfers.Incoming;

/// <summary>What a message did to a transfer.</summary>
public enum TransferProgress
{
    /// <summary>More messages must come.</summary>
    More,

    /// <summary>The transfer is complete; there is a result.</summary>
    Finished,

    /// <summary>The transfer is refused; there is an error.</summary>
    Refused,
}
