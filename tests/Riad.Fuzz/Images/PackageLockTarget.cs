using System.Text;
using Riad.Images.Packages;

namespace Riad.Fuzz.Images;

/// <summary>Lock files of Debian packages: what is read is written the same way.</summary>
internal sealed class PackageLockTarget : IFuzzTarget
{
    public string Name => "package-lock";

    public IEnumerable<byte[]> Seeds =>
        ["# c\namd64 libc6 2.36-9 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff debian/pool/libc6.deb\n\narm64 linux-image-6.1.0-5-arm64 1:2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff d/x.deb"u8.ToArray()];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!PackageLock.TryParse(Encoding.UTF8.GetString(octets), out var packages, out _))
            return;
        if (!PackageLock.TryParse(packages.Write(), out var again, out var error) || again.Packages.Count != packages.Packages.Count)
            throw new InvalidOperationException($"written and refused: {error}");
    }
}
