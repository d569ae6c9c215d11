using System.Diagnostics;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;

namespace Riad.Dns.Secondary;

/// <summary>Why a primary gave us nothing.</summary>
public abstract record RefreshFailure
{
    private RefreshFailure()
    {
    }

    /// <summary>What it sent was refused, or it refused.</summary>
    public sealed record Refused(TransferError Error) : RefreshFailure;

    /// <summary>Its signature, its key or its certificate is not the one that was agreed on.</summary>
    /// <param name="Reason">A clause without a full stop.</param>
    public sealed record NotTrusted(string Reason) : RefreshFailure;

    /// <summary>No connection came about.</summary>
    /// <param name="Reason">A clause without a full stop.</param>
    public sealed record Unreachable(string Reason) : RefreshFailure;

    /// <summary>It took too long, at once or in all.</summary>
    public sealed record TimedOut : RefreshFailure;

    /// <summary>It closed the connection before it was finished.</summary>
    public sealed record ClosedEarly : RefreshFailure;

    /// <summary>It has an older version than we have.</summary>
    public sealed record Behind(Serial Serial) : RefreshFailure;

    /// <summary>True when the primary can be talked to, so that it may give the whole zone where it did not give differences.</summary>
    internal bool LeavesWhole => this is ClosedEarly or Refused { Error.Fault: not TransferFault.SerialWentBack };

    /// <summary>True when the primary may be one that does not understand EDNS.</summary>
    /// <remarks>Source: RFC 6891 §7.</remarks>
    public bool MayBeForEdns => IsCode(ResponseCode.FormatError) || IsCode(ResponseCode.NotImplemented);

    /// <summary>True when the primary says that the zone is none of its own.</summary>
    internal bool IsNotAuthoritative => IsCode(ResponseCode.NotAuthoritative);

    /// <summary>True when the primary will not speak of the zone: it is none of its own, or not for us.</summary>
    internal bool IsRefusal => IsCode(ResponseCode.Refused);

    private bool IsCode(ResponseCode code) => this is Refused { Error.Fault: TransferFault.ErrorCode } refused && refused.Error.Code == code;

    /// <summary>A clause for a log or a page, without a full stop.</summary>
    public sealed override string ToString() => this switch
    {
        Refused(var error) => error.ToString(),
        NotTrusted(var reason) => reason,
        Unreachable(var reason) => reason,
        TimedOut => "the primary does not answer in time",
        ClosedEarly => "the primary closed the connection too early",
        Behind(var serial) => $"the primary has the older serial {serial}",
        _ => throw new UnreachableException(),
    };
}
