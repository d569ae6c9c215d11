using Riad.Core;
using Riad.Dns.Messages;

namespace Riad.Dns.Tsig;

/// <summary>What a server knows of a request once its signature was looked at.</summary>
/// <remarks>Source: RFC 8945 §5.2.</remarks>
public abstract record TsigVerdict
{
    private TsigVerdict()
    {
    }

    /// <summary>There is no TSIG record, and the answer has none.</summary>
    public sealed record NotSigned : TsigVerdict;

    /// <summary>A key that we know signed it, just now. Every answer is signed: see <see cref="TsigAnswerSigner"/>.</summary>
    /// <param name="Key">Whose holder asks.</param>
    /// <param name="Record">The signature; its MAC, cut off as it may be, goes into the answer's, and tells a repeated request.</param>
    /// <param name="Message">The request without its signature, with the id that it came with: the answer's.</param>
    public sealed record Good(TsigKey Key, TsigRecord Record, Octets Message) : TsigVerdict
    {
        /// <summary>The MAC, which the same request brings again when it is repeated.</summary>
        public Octets Mac => Record.Mac;

        /// <summary>The id that the message was signed with; a forwarder may have changed it since.</summary>
        public ushort OriginalId => Record.OriginalId;

        /// <summary>Until when the same octets would be taken again, in seconds since 1970: how long a repetition must be remembered.</summary>
        public long GoodUntilUnixSeconds => Record.TimeSigned + Record.Fudge;
    }

    /// <summary>The request is not acted on: the answer is what <see cref="TsigRefusalWriter"/> writes.</summary>
    /// <param name="Code">FORMERR, or NOTAUTH.</param>
    /// <param name="Error">What the answer's TSIG record says; None when the answer has none, which is with FORMERR.</param>
    /// <param name="Record">The request's; null with FORMERR.</param>
    /// <param name="Key">What the answer is signed with: for BADTIME and BADTRUNC. Null when it is not signed.</param>
    public sealed record Refused(ResponseCode Code, TsigError Error, TsigRecord? Record, TsigKey? Key) : TsigVerdict
    {
        /// <summary>For a log: what is wrong, and with which key.</summary>
        public override string ToString() => Record is null
            ? "the message or its TSIG record is malformed"
            : $"key {Record.KeyName.ToStringWithoutFinalDot()}: {Error.Describe(Record.Algorithm)}";
    }
}
