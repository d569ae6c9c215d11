using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>A key: a name that both parties know it by, how it signs, and the secret.</summary>
/// <param name="name">Compared without regard to case.</param>
/// <param name="algorithm">A key signs in one way only.</param>
/// <param name="secret">Never printed.</param>
/// <remarks>Source: RFC 8945 §2. Keys that bear the same name are told apart by nothing, so there is one for each name.</remarks>
public sealed class TsigKey(DomainName name, TsigAlgorithm algorithm, TsigSecret secret)
{
    /// <summary>What it is called in messages.</summary>
    public DomainName Name { get; } = name;

    /// <summary>How it signs.</summary>
    public TsigAlgorithm Algorithm { get; } = algorithm;

    /// <summary>What is shared.</summary>
    public TsigSecret Secret { get; } = secret;

    /// <summary>Octets that a whole signature takes at the end of a message: what its writer sets aside.</summary>
    public int SignatureLength => TsigRecord.MeasureRecord(Name, Algorithm.Name, Algorithm.MacLength, otherLength: 0);

    /// <summary>True when both have the same name, algorithm and secret. Compares secrets in constant time.</summary>
    public bool IsSameAs(TsigKey other) =>
        Name == other.Name && Algorithm == other.Algorithm
        && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(Secret.Span, other.Secret.Span);

    /// <summary>The name and the algorithm.</summary>
    public override string ToString() => $"{Name.ToStringWithoutFinalDot()} ({Algorithm})";
}
