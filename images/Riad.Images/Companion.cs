using System.Collections.Immutable;
using Riad.Images.Packages;

namespace Riad.Images;

/// <summary>A program that an appliance starts, in an image of its own kind: every other image holds one program alone.</summary>
/// <param name="Name">What the image's name ends in.</param>
/// <param name="Program">Where it lies, as in its package: the path without the first slash.</param>
/// <param name="Libraries">What it is linked with beyond what every image has.</param>
/// <param name="Packages">What all of that is in.</param>
public sealed record Companion(string Name, string Program, ImmutableArray<string> Libraries, ImmutableArray<PackageName> Packages)
{
    /// <summary>OpenSSH's client, for a Git remote over ssh. Debian links it with Kerberos and SELinux, whether they are used or not.</summary>
    public static Companion Ssh { get; } = new("ssh", "usr/bin/ssh",
    [
        "libselinux.so.1", "libpcre2-8.so.0", "libgssapi_krb5.so.2", "libkrb5.so.3", "libk5crypto.so.3", "libkrb5support.so.0", "libcom_err.so.2", "libkeyutils.so.1", "libresolv.so.2", "libz.so.1",
    ],
    [
        new("openssh-client"), new("libselinux1"), new("libpcre2-8-0"), new("libgssapi-krb5-2"), new("libkrb5-3"), new("libk5crypto3"), new("libkrb5support0"), new("libcom-err2"), new("libkeyutils1"), new("zlib1g"),
    ]);

    /// <summary>All there are.</summary>
    public static ImmutableArray<Companion> All { get; } = [Ssh];
}
