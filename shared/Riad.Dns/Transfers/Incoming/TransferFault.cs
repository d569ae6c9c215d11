namespace Riad.Dns.Transfers.Incoming;

/// <summary>Why an incoming transfer was refused. Whatever it is, the version that is served stays.</summary>
public enum TransferFault
{
    /// <summary>A message, or the data of a record, cannot be read.</summary>
    Malformed,

    /// <summary>The message is no answer, or its opcode is not that of a query.</summary>
    NotAnAnswer,

    /// <summary>The id is not the request's.</summary>
    WrongId,

    /// <summary>The question is not the request's.</summary>
    WrongQuestion,

    /// <summary>The primary answered with an error.</summary>
    ErrorCode,

    /// <summary>The answer to an SOA query does not come from the zone itself: AA is missing.</summary>
    NotAuthoritative,

    /// <summary>TC is set, which means nothing over a stream.</summary>
    Truncated,

    /// <summary>A message without a record: with such, a transfer could go on for ever.</summary>
    Empty,

    /// <summary>The first record is not the SOA.</summary>
    SoaMissing,

    /// <summary>An SOA whose owner is not the apex.</summary>
    SoaNotAtApex,

    /// <summary>An SOA in the middle of the zone that is not the one that began it.</summary>
    SoaChanged,

    /// <summary>Records after the SOA that ends the transfer.</summary>
    TrailingRecords,

    /// <summary>A record of another class than IN.</summary>
    WrongClass,

    /// <summary>A record of a type that no zone can hold, such as OPT or ANY.</summary>
    WrongType,

    /// <summary>More records than <see cref="TransferLimits.MaxRecords"/>.</summary>
    TooManyRecords,

    /// <summary>Differences of more records than the zone has, and than <see cref="TransferLimits.LeastDifferences"/>.</summary>
    TooManyDifferences,

    /// <summary>More octets than <see cref="TransferLimits.MaxOctets"/>.</summary>
    TooManyOctets,

    /// <summary>A set of records that no message can hold.</summary>
    SetTooLarge,

    /// <summary>The serial is older than the one that we have, or a difference goes back.</summary>
    SerialWentBack,

    /// <summary>A difference does not begin at the serial that we have, or the next does not begin where the last ended.</summary>
    WrongStart,

    /// <summary>A difference removes a record that is not there.</summary>
    RemovesMissing,

    /// <summary>A difference adds a record that is there.</summary>
    AddsExisting,
}
