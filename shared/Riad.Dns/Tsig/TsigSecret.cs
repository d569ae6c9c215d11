using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Riad.Dns.Tsig;

/// <summary>What two parties share: at least one octet. It never prints itself.</summary>
public sealed class TsigSecret
{
    /// <summary>The longest secret that is taken. BIND, Knot and NSD take no more than 512 bits by their own tools.</summary>
    public const int MaxLength = 512;

    private readonly byte[] octets;

    private TsigSecret(ReadOnlySpan<byte> octets) => this.octets = octets.ToArray();

    /// <summary>How many octets.</summary>
    public int Length => octets.Length;

    internal ReadOnlySpan<byte> Span => octets;

    /// <summary>Takes 1 to 512 octets.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out TsigSecret? secret)
    {
        secret = octets.Length is > 0 and <= MaxLength ? new(octets) : null;
        return secret is not null;
    }

    /// <summary>Reads base64 with its padding, without white space.</summary>
    /// <remarks>Source: RFC 4648 §4.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> base64, [NotNullWhen(true)] out TsigSecret? secret)
    {
        secret = null;
        Span<byte> read = stackalloc byte[MaxLength];
        return Base64.IsValid(base64, out var length) && length <= MaxLength && base64.IndexOfAny(" \t\r\n"u8) < 0
            && Base64.DecodeFromUtf8(base64, read, out _, out length) is System.Buffers.OperationStatus.Done
            && TryCreate(read[..length], out secret);
    }

    /// <summary>The secret in base64: for the one place that hands it to the person who asked for a key.</summary>
    public string RevealBase64() => Convert.ToBase64String(octets);

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => "TSIG secret";
}
