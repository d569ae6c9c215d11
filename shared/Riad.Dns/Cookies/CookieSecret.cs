using System.Diagnostics.CodeAnalysis;
using Riad.Core;

namespace Riad.Dns.Cookies;

/// <summary>The key of server cookies: 16 octets, shared by all servers behind one address.</summary>
/// <remarks>Source: RFC 9018 §5. Never printed.</remarks>
public sealed class CookieSecret
{
    /// <summary>Octets of a secret.</summary>
    public const int Length = 16;

    private CookieSecret(ReadOnlySpan<byte> octets) => Hash = new(octets);

    internal SipHash Hash { get; }

    /// <summary>Takes 16 octets.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out CookieSecret? secret)
    {
        secret = octets.Length == Length ? new(octets) : null;
        return secret is not null;
    }

    /// <summary>Reads 32 hexadecimal digits, as BIND, Knot and NSD have them in their configurations.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CookieSecret? secret)
    {
        secret = null;
        Span<byte> octets = stackalloc byte[Length];
        return text.Length == 2 * Length
            && Convert.FromHexString(text, octets, out _, out _) is System.Buffers.OperationStatus.Done
            && TryCreate(octets, out secret);
    }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "cookie secret";
}
