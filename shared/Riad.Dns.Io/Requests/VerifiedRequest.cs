using Riad.Core;
using Riad.Dns.Tsig;

namespace Riad.Dns.Io;

/// <summary>A request whose signature was looked at.</summary>
/// <param name="Request">As it came.</param>
/// <param name="Message">The message without a signature.</param>
/// <param name="Signature">Whose it is; null when it is not signed.</param>
public sealed record VerifiedRequest(DnsRequest Request, Octets Message, TsigVerdict.Good? Signature)
{
    /// <summary>Whose signature was good; null when it is not signed.</summary>
    public TsigKey? Key => Signature?.Key;
}

/// <summary>Answers a request of one kind, at leisure.</summary>
/// <param name="request">Of this kind, and anything else in it unknown.</param>
/// <param name="stop">Ends when the server has waited long enough.</param>
/// <returns>The answer, not signed: that is done for it. Empty says nothing.</returns>
public delegate ValueTask<Octets> RequestAnswer(VerifiedRequest request, CancellationToken stop);
