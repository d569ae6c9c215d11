using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tsig;

namespace Riad.Fuzz;

/// <summary>A message with a signature at its end, as a request and as an answer: no verdict throws, and only what was signed is good.</summary>
internal sealed class TsigTarget : IFuzzTarget
{
    private const long Time = 1_700_000_000;

    private readonly byte[] buffer = new byte[Message.MaxLength];
    private readonly TsigKey key;
    private readonly List<Octets> signed = [];

    public TsigTarget()
    {
        key = DomainName.TryParseAbsolute("key.example", out var name) && TsigSecret.TryCreate("0123456789abcdef"u8, out var secret)
            ? new(name, TsigAlgorithm.HmacSha224, secret)
            : throw new InvalidOperationException("the key is no key");
        foreach (var type in (ushort[])[QueryTypes.Any, QueryTypes.Axfr])
        {
            if (!Message.Query(7, name, type).TryWrite(buffer, out var length) || !TsigSigner.TrySignRequest(key, buffer, ref length, Time, out _))
                throw new InvalidOperationException("a seed is too long");
            signed.Add(new(buffer.AsSpan(0, length)));
        }
    }

    public string Name => "tsig";

    public IEnumerable<byte[]> Seeds => signed.Select(message => message.Span.ToArray());

    public void Run(ReadOnlySpan<byte> octets)
    {
        var keys = TsigKeys.Create([key]);
        if (TsigVerifier.Verify(octets, keys, Time) is TsigVerdict.Good { Mac: var mac } && !signed.Exists(message => message.Span.IndexOf(mac.Span) > 0))
            throw new InvalidOperationException("a signature that nobody made is good");
        if (TsigVerifier.Verify(octets, keys, Time + 1000) is TsigVerdict.Refused refused && TsigRefusalWriter.Write(octets, refused, buffer, Time) is var length and > 0
            && !SignedMessage.TryFind(buffer.AsSpan(0, length), out _))
            throw new InvalidOperationException("a refusal that cannot be read");
        using var verifier = new TsigAnswerVerifier(key, default);
        verifier.Verify(octets, Time);
        verifier.Verify(octets, Time);
    }
}
