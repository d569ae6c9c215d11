using Riad.Core;

namespace Riad.Images.Disks;

/// <summary>What is on a disk: pieces at places, nothing but zeros between them.</summary>
/// <param name="Length">The disk's size in octets.</param>
/// <param name="Pieces">In order, each inside the disk and behind the one before.</param>
public sealed record Disk(long Length, Seq<DiskPiece> Pieces)
{
    /// <summary>Octets in a sector, on every disk that images are made for.</summary>
    public const int Sector = 512;

    /// <summary>Where partitions begin and end: at whole mebibytes.</summary>
    public const int Mebibyte = 1 << 20;

    /// <summary>The size rounded up to whole mebibytes.</summary>
    public static long RoundUp(long length) => (length + Mebibyte - 1) / Mebibyte * Mebibyte;
}

/// <summary>Octets at a place on a disk.</summary>
/// <param name="Offset">Octets from the start of the disk.</param>
/// <param name="Content">What is there.</param>
public sealed record DiskPiece(long Offset, ReadOnlyMemory<byte> Content);
