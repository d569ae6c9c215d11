using Riad.Core;

namespace Riad.Images.Packages;

/// <summary>One Debian package, down to its octets.</summary>
/// <param name="Architecture">The machine it is wanted for: amd64 or arm64.</param>
/// <param name="Name">As Debian names it.</param>
/// <param name="Version">As Debian numbers it.</param>
/// <param name="Sha256">The hash of the file.</param>
/// <param name="Path">Where it lies below a mirror, such as <c>debian/pool/main/g/glibc/libc6_2.36-9_amd64.deb</c>.</param>
public sealed record LockedPackage(string Architecture, string Name, string Version, Octets Sha256, string Path)
{
    /// <summary>The last part of its path.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The machine that it is made for, as its file's name says: <c>all</c> for one that runs on any.</summary>
    public string Target => FileName[(FileName.LastIndexOf('_') + 1)..^".deb".Length];

    /// <summary>The source package that it was built from: the folder of a mirror in which it lies. A kernel's is that of its code, not the one that only adds a signature.</summary>
    public string Source => Path.Split('/') is not [.., var folder, _] ? Name : folder.StartsWith("linux-signed-", StringComparison.Ordinal) ? "linux" : folder;

    /// <summary>Its line in a lock file.</summary>
    public override string ToString() => $"{Architecture} {Name} {Version} {Sha256} {Path}";
}
