using System.IO.Compression;

namespace Riad.Git.Packs;

/// <summary>Compresses in the zlib format.</summary>
public static class Compression
{
    // Beyond this length the time for better compression is felt by who pushes or updates.
    private const int LargestOptimal = 1 << 20;

    private static readonly byte[] Nothing = [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1];

    /// <summary>Compresses octets.</summary>
    public static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> octets)
    {
        // ZLibStream writes nothing at all when nothing was written to it, which is no zlib stream.
        if (octets.IsEmpty)
            return Nothing;
        using var output = new MemoryStream(64 + (octets.Length / 4));
        using (var zlib = new ZLibStream(output, octets.Length > LargestOptimal ? CompressionLevel.Fastest : CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(octets);
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }
}
