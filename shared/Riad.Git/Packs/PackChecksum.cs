namespace Riad.Git.Packs;

/// <summary>The checksum of one entry in an index.</summary>
public static class PackChecksum
{
    /// <summary>CRC-32 of a whole entry: its header and its compressed octets.</summary>
    /// <remarks>Source: RFC 1952 §8.</remarks>
    public static uint Of(ReadOnlySpan<byte> entry) => Checksums.Crc32(entry);
}
