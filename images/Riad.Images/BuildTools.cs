using System.Collections.Immutable;
using Riad.Images.Packages;

namespace Riad.Images;

/// <summary>Programs that make parts of images. They come out of the same locked packages, so that every machine makes the same octets.</summary>
public static class BuildTools
{
    /// <summary>Makes file systems of the kind ext4.</summary>
    public const string MakeFileSystem = "sbin/mke2fs";

    /// <summary>Compresses what the kernel unpacks at its start.</summary>
    public const string Compress = "usr/bin/zstd";

    /// <summary>What the former takes for granted.</summary>
    public const string FileSystemDefaults = "etc/mke2fs.conf";

    /// <summary>What the programs are in, with the libraries that they need; for the machine that builds.</summary>
    public static ImmutableArray<PackageName> Packages { get; } =
    [
        new("libc6"), new("libgcc-s1"), new("libstdc++6"), new("e2fsprogs"), new("libext2fs2"), new("libcom-err2"), new("libblkid1"), new("libuuid1"),
        new("zstd"), new("liblz4-1"), new("liblzma5"), new("zlib1g"),
    ];
}
