using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>How a message is signed: one of five HMACs.</summary>
/// <remarks>Source: RFC 8945 §6. HMAC-MD5 and the algorithms of GSS are not offered.</remarks>
public sealed class TsigAlgorithm
{
    /// <summary>hmac-sha1: for old peers alone, and off unless it is allowed.</summary>
    public static readonly TsigAlgorithm HmacSha1 = new("hmac-sha1", 161, 20);

    /// <summary>hmac-sha224.</summary>
    public static readonly TsigAlgorithm HmacSha224 = new("hmac-sha224", 162, 28);

    /// <summary>hmac-sha256: what everybody has.</summary>
    public static readonly TsigAlgorithm HmacSha256 = new("hmac-sha256", 163, 32);

    /// <summary>hmac-sha384.</summary>
    public static readonly TsigAlgorithm HmacSha384 = new("hmac-sha384", 164, 48);

    /// <summary>hmac-sha512.</summary>
    public static readonly TsigAlgorithm HmacSha512 = new("hmac-sha512", 165, 64);

    /// <summary>All of them, by growing length.</summary>
    public static readonly IReadOnlyList<TsigAlgorithm> All = [HmacSha1, HmacSha224, HmacSha256, HmacSha384, HmacSha512];

    private const int MinTruncatedLength = 10;

    private TsigAlgorithm(string mnemonic, byte number, int macLength)
    {
        Mnemonic = mnemonic;
        Number = number;
        MacLength = macLength;
        Name = DomainName.TryParseAbsolute(mnemonic, out var name) ? name : throw new ArgumentException("not a domain name", nameof(mnemonic));
    }

    /// <summary>As people write it: "hmac-sha256".</summary>
    public string Mnemonic { get; }

    /// <summary>As a message has it: the domain name hmac-sha256.</summary>
    public DomainName Name { get; }

    /// <summary>The algorithm number of a DNSKEY record that holds such a key: 161 to 165.</summary>
    /// <remarks>Source: the numbers that BIND's dnssec-keygen gave to HMAC keys; they are not in IANA's registry.</remarks>
    public byte Number { get; }

    /// <summary>Octets of a whole MAC.</summary>
    public int MacLength { get; }

    /// <summary>The fewest octets to which a MAC may be cut: half of it, and not below ten.</summary>
    /// <remarks>Source: RFC 8945 §5.2.2.1.</remarks>
    public int MinMacLength => Math.Max(MinTruncatedLength, MacLength / 2);

    /// <summary>Finds the algorithm of this domain name.</summary>
    public static bool TryFromName(DomainName name, [NotNullWhen(true)] out TsigAlgorithm? algorithm)
    {
        algorithm = All.FirstOrDefault(known => known.Name == name);
        return algorithm is not null;
    }

    /// <summary>Finds the algorithm of a DNSKEY record's number.</summary>
    public static bool TryFromNumber(int number, [NotNullWhen(true)] out TsigAlgorithm? algorithm)
    {
        algorithm = All.FirstOrDefault(known => known.Number == number);
        return algorithm is not null;
    }

    /// <summary>Reads hmac-sha256, with or without a final dot, SHA256, or 163; in any case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out TsigAlgorithm? algorithm)
    {
        var word = Encoding.Latin1.GetString(text).TrimEnd('.');
        algorithm = All.FirstOrDefault(known =>
            word.Equals(known.Mnemonic, StringComparison.OrdinalIgnoreCase)
            || word.Equals(known.Mnemonic["hmac-".Length..], StringComparison.OrdinalIgnoreCase)
            || word.Equals(known.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return algorithm is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Mnemonic;
}
