namespace Riad.Dns.Tsig;

/// <summary>HMAC over <see cref="Sha224"/>.</summary>
/// <remarks>Source: RFC 2104 §2.</remarks>
internal sealed class HmacSha224
{
    private readonly byte[] key = new byte[Sha224.BlockLength];
    private readonly Sha224 hash = new();

    public HmacSha224(ReadOnlySpan<byte> secret)
    {
        if (secret.Length > Sha224.BlockLength)
        {
            hash.Append(secret);
            hash.Finish(key);
        }
        else
        {
            secret.CopyTo(key);
        }
        AppendPad(0x36);
    }

    /// <summary>Hashes these octets too.</summary>
    public void Append(ReadOnlySpan<byte> octets) => hash.Append(octets);

    /// <summary>Gives the MAC of everything appended, and starts anew.</summary>
    /// <param name="mac">At least 28 octets.</param>
    public void Finish(Span<byte> mac)
    {
        Span<byte> inner = stackalloc byte[Sha224.HashLength];
        hash.Finish(inner);
        AppendPad(0x5c);
        hash.Append(inner);
        hash.Finish(mac);
        AppendPad(0x36);
    }

    private void AppendPad(byte pad)
    {
        Span<byte> padded = stackalloc byte[Sha224.BlockLength];
        for (var i = 0; i < padded.Length; i++)
            padded[i] = (byte)(key[i] ^ pad);
        hash.Append(padded);
    }
}
