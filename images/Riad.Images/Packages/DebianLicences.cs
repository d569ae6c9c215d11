using System.Collections.Frozen;

namespace Riad.Images.Packages;

/// <summary>The licences of what images take from Debian's packages: the libraries and programs, not their documentation and tools.</summary>
/// <remarks>Source: the file copyright of each package, in the words of SPDX. Debian does not say it in a form for programs.</remarks>
public static class DebianLicences
{
    private static readonly FrozenDictionary<string, string> Expressions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["base-files"] = "GPL-2.0-or-later",
        ["ca-certificates"] = "MPL-2.0",
        ["gcc-12-base"] = "GPL-3.0-or-later WITH GCC-exception-3.1",
        ["libc6"] = "LGPL-2.1-or-later",
        ["libcom-err2"] = "MIT",
        ["libgcc-s1"] = "GPL-3.0-or-later WITH GCC-exception-3.1",
        ["libgssapi-krb5-2"] = "MIT",
        ["libk5crypto3"] = "MIT",
        ["libkeyutils1"] = "LGPL-2.1-or-later",
        ["libkrb5-3"] = "MIT",
        ["libkrb5support0"] = "MIT",
        ["libpcre2-8-0"] = "BSD-3-Clause",
        ["libselinux1"] = "libselinux-1.0",
        ["libssl3"] = "Apache-2.0",
        ["libstdc++6"] = "GPL-3.0-or-later WITH GCC-exception-3.1",
        ["linux-image-arm64"] = "GPL-2.0-only WITH Linux-syscall-note",
        ["linux-image-cloud-amd64"] = "GPL-2.0-only WITH Linux-syscall-note",
        ["openssh-client"] = "SSH-OpenSSH",
        ["raspi-firmware"] = "LicenseRef-Broadcom-Raspberry-Pi",
        ["systemd-boot-efi"] = "LGPL-2.1-or-later",
        ["zlib1g"] = "Zlib",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The SPDX expression; empty for a package of which nothing is in an image.</summary>
    /// <param name="package">As Debian names it, a kernel's with its version.</param>
    public static string Of(string package) => Expressions.GetValueOrDefault(PackageName.Of(package).Text, "");
}
