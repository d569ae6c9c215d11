using System.Collections.Immutable;
using Riad.Images.Packages;

namespace Riad.Images;

/// <summary>A kind of machine that images are made for.</summary>
/// <param name="Name">Debian's name for it, which containers use too.</param>
/// <param name="RuntimeIdentifier">.NET's name for it.</param>
/// <param name="LibraryFolder">Where Debian keeps its libraries.</param>
/// <param name="Loader">The file that starts programs: the path that stands in them, without the first slash.</param>
/// <param name="Kernel">The package of its kernel.</param>
/// <param name="Stub">The file that makes a kernel a program for UEFI.</param>
/// <param name="FirmwareName">Where UEFI looks for a program when nobody told it more.</param>
/// <param name="Console">The serial line that its kernel writes to.</param>
public sealed record Architecture(string Name, string RuntimeIdentifier, string LibraryFolder, string Loader, PackageName Kernel, string Stub, string FirmwareName, string Console)
{
    /// <summary>PCs, and almost every virtual machine.</summary>
    public static Architecture Amd64 { get; } = new(
        "amd64", "linux-x64", "lib/x86_64-linux-gnu", "lib64/ld-linux-x86-64.so.2", new("linux-image-cloud-amd64"), "usr/lib/systemd/boot/efi/linuxx64.efi.stub", "EFI/BOOT/BOOTX64.EFI", "ttyS0");

    /// <summary>A Raspberry Pi 3, 4 or Zero 2, and ARM servers.</summary>
    public static Architecture Arm64 { get; } = new(
        "arm64", "linux-arm64", "lib/aarch64-linux-gnu", "lib/ld-linux-aarch64.so.1", new("linux-image-arm64"), "usr/lib/systemd/boot/efi/linuxaa64.efi.stub", "EFI/BOOT/BOOTAA64.EFI", "ttyAMA0");

    /// <summary>Both.</summary>
    public static ImmutableArray<Architecture> All { get; } = [Amd64, Arm64];

    /// <summary>The packages whose files programs open. Of the last two there are only the texts of licences.</summary>
    public static ImmutableArray<PackageName> RootPackages { get; } = [new("libc6"), new("libgcc-s1"), new("libstdc++6"), new("libssl3"), new("ca-certificates"), new("gcc-12-base"), new("base-files")];

    /// <summary>The packages that a machine of its own starts with.</summary>
    public ImmutableArray<PackageName> BootPackages => [Kernel, new("systemd-boot-efi"), .. this == Arm64 ? [new PackageName("raspi-firmware")] : ImmutableArray<PackageName>.Empty];

    /// <summary>The packages whose files are in every image.</summary>
    public ImmutableArray<PackageName> Packages => [.. RootPackages, .. BootPackages];
}
