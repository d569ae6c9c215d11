using Riad.Dns.Messages;

namespace Riad.Dns.Transfers.Incoming;

/// <summary>Why an incoming transfer, or the answer to an SOA query, was refused.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Code">What the primary said, when <paramref name="Fault"/> is ErrorCode; NoError otherwise.</param>
public readonly record struct TransferError(TransferFault Fault, ResponseCode Code = ResponseCode.NoError)
{
    /// <summary>A clause for a log or a page, without a full stop.</summary>
    public override string ToString() => Fault switch
    {
        TransferFault.Malformed => "a message cannot be read",
        TransferFault.NotAnAnswer => "what came is no answer to a query",
        TransferFault.WrongId => "the answer has the id of another request",
        TransferFault.WrongQuestion => "the answer repeats another question",
        TransferFault.ErrorCode => $"the primary answered {Name(Code)}",
        TransferFault.NotAuthoritative => "the primary answers for the zone without authority (AA is missing), as a resolver does",
        TransferFault.Truncated => "the answer is truncated",
        TransferFault.Empty => "a message holds no record",
        TransferFault.SoaMissing => "the first record is not the SOA",
        TransferFault.SoaNotAtApex => "an SOA record stands below the zone's name",
        TransferFault.SoaChanged => "an SOA record in the middle differs from the first",
        TransferFault.TrailingRecords => "records follow the SOA that ends the transfer",
        TransferFault.WrongClass => "a record is not of class IN",
        TransferFault.WrongType => "a record has a type that no zone can hold",
        TransferFault.TooManyRecords => "there are more records than --max-records allows",
        TransferFault.TooManyDifferences => "the differences have more records than the zone",
        TransferFault.TooManyOctets => "the transfer is longer than --max-transfer allows",
        TransferFault.SetTooLarge => "a set of records is longer than a message can be",
        TransferFault.SerialWentBack => "the serial is older than ours",
        TransferFault.WrongStart => "the differences do not begin at our serial",
        TransferFault.RemovesMissing => "the differences remove a record that is not there",
        TransferFault.AddsExisting => "the differences add a record that is there already",
    };

    private static string Name(ResponseCode code) => code switch
    {
        ResponseCode.FormatError => "FORMERR",
        ResponseCode.ServerFailure => "SERVFAIL",
        ResponseCode.NameError => "NXDOMAIN",
        ResponseCode.NotImplemented => "NOTIMP",
        ResponseCode.Refused => "REFUSED",
        ResponseCode.NotAuthoritative => "NOTAUTH",
        _ => $"code {(int)code}",
    };
}
