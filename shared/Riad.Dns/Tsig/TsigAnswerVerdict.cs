using Riad.Core;

namespace Riad.Dns.Tsig;

/// <summary>What a client knows of a message of an answer once its signature was looked at.</summary>
/// <remarks>Source: RFC 8945 §5.3.1 and §5.4.</remarks>
public abstract record TsigAnswerVerdict
{
    private TsigAnswerVerdict()
    {
    }

    /// <summary>Signed by the other side, and with it every message before.</summary>
    /// <param name="Message">Without its signature.</param>
    public sealed record Good(Octets Message) : TsigAnswerVerdict;

    /// <summary>Not signed itself: to be believed only once a later message is <see cref="Good"/>.</summary>
    public sealed record Pending : TsigAnswerVerdict;

    /// <summary>The server did not take our signature.</summary>
    /// <param name="Error">Why.</param>
    /// <param name="ServerUnixSeconds">The server's time, in seconds since 1970; null unless a BADTIME answer tells it.</param>
    /// <param name="IsSigned">False when anybody may have written the answer, as with BADKEY and BADSIG, and with some servers BADTIME: better wait for another.</param>
    public sealed record RefusedByServer(TsigError Error, long? ServerUnixSeconds, bool IsSigned) : TsigAnswerVerdict;

    /// <summary>Not to be believed; nor is anything that follows.</summary>
    public sealed record Bad(TsigAnswerFault Fault) : TsigAnswerVerdict;
}
