using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>Says what a TSIG error means, for logs.</summary>
public static class TsigErrorSentences
{
    /// <summary>A clause without a full stop.</summary>
    /// <param name="error">Any number.</param>
    /// <param name="algorithm">Of the message.</param>
    public static string Describe(this TsigError error, DomainName algorithm) => (int)error switch
    {
        (int)TsigError.None => "no error",
        (int)TsigError.BadSignature => "the signature is wrong, so the two secrets differ (BADSIG)",
        (int)TsigError.BadKey => $"there is no such key for {algorithm.ToStringWithoutFinalDot()} (BADKEY)",
        (int)TsigError.BadTime => "the two clocks differ by more than the signature allows (BADTIME)",
        (int)TsigError.BadTruncation => "the signature is cut too short (BADTRUNC)",
        _ => $"error {(int)error}",
    };
}
