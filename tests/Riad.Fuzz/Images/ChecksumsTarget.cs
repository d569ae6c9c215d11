using System.Text;
using Riad.Images.Records;

namespace Riad.Fuzz.Images;

/// <summary>Files of hashes: every path stays below the folder, and what is written again is read the same.</summary>
internal sealed class ChecksumsTarget : IFuzzTarget
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    public string Name => "checksums";

    public IEnumerable<byte[]> Seeds => [Encoding.ASCII.GetBytes($"{Hash}  data.img\n{Hash}  oci/blobs/sha256/{Hash}\n"), Encoding.ASCII.GetBytes($"{Hash}  ../up\n")];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!Checksums.TryRead(Encoding.UTF8.GetString(octets), out var sums))
            return;
        if (sums.Keys.FirstOrDefault(path => Path.GetFullPath(path, "/a/b") is var full && !full.StartsWith("/a/b/", StringComparison.Ordinal)) is { } outside)
            throw new InvalidOperationException($"outside: {outside}");
        if (!Checksums.TryRead(Checksums.Write(sums.Select(sum => new ProductFile(sum.Key, 0, sum.Value))), out var again) || !again.SequenceEqual(sums))
            throw new InvalidOperationException("written and read otherwise");
    }
}
