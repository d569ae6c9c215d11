using Riad.Images.Packages;

namespace Riad.Fuzz.Images;

/// <summary>Debian packages: what is found lies inside the file.</summary>
internal sealed class DebFileTarget : IFuzzTarget
{
    public string Name => "deb-file";

    public IEnumerable<byte[]> Seeds => ["!<arch>\ndebian-binary   0           0     0     100644  3         `\n2.0\ndata.tar.xz     0           0     0     100644  4         `\nabcd"u8.ToArray()];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (DebFile.TryFindFiles(octets.ToArray(), out var files, out _) && files.Length > octets.Length)
            throw new InvalidOperationException("more than there is");
    }
}
