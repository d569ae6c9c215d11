using System.Collections.Immutable;
using Riad.Images.Packages;

namespace Riad.Images;

/// <summary>Programs that make parts of images. They come out of the same locked packages, so that every machine makes the same octets.</summary>
public static class BuildTools
{
    /// <summary>Makes file systems of the kind ext4.</summary>
    public const string MakeFileSystem = "sbin/mke2fs";

    /// <summary>What the former takes for granted.</summary>
    public const string FileSystemDefaults = "etc/mke2fs.conf";

    /// <summary>Makes a compressed file system that is only read.</summary>
    public const string MakeCompressedFileSystem = "usr/bin/mksquashfs";

    /// <summary>The files of the packages that are needed, besides libraries.</summary>
    public static ImmutableArray<string> Files { get; } = [MakeFileSystem, FileSystemDefaults, MakeCompressedFileSystem];

    /// <summary>What the programs are in, with the libraries that they need; for the machine that builds.</summary>
    public static ImmutableArray<PackageName> Packages { get; } =
    [
        new("libc6"), new("libgcc-s1"), new("e2fsprogs"), new("libext2fs2"), new("libcom-err2"), new("libblkid1"), new("libuuid1"),
        new("squashfs-tools"), new("libzstd1"), new("liblz4-1"), new("liblzma5"), new("liblzo2-2"), new("zlib1g"),
    ];
}
