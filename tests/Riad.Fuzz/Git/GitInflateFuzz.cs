using System.IO.Compression;
using Riad.Git.Packs;

namespace Riad.Fuzz.Git;

/// <summary>What inflates here inflates to the same with .NET's own reader.</summary>
internal sealed class GitInflateFuzz : IFuzzTarget
{
    private const int OutputOctets = 400;

    private readonly Inflater inflater = new();

    public string Name => "git-inflate";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            foreach (var level in Enum.GetValues<CompressionLevel>())
            {
                using var output = new MemoryStream();
                using (var zlib = new ZLibStream(output, level, leaveOpen: true))
                    zlib.Write([.. Enumerable.Range(0, OutputOctets).Select(index => (byte)(index * index % 23))]);
                yield return output.ToArray();
            }
        }
    }

    public void Run(ReadOnlySpan<byte> octets)
    {
        var output = new byte[OutputOctets];
        if (!inflater.TryInflate(octets, output, out var consumed, out _))
            return;
        using var reader = new ZLibStream(new MemoryStream(octets[..consumed].ToArray()), CompressionMode.Decompress);
        var expected = new byte[OutputOctets];
        reader.ReadExactly(expected);
        if (!expected.AsSpan().SequenceEqual(output) || reader.ReadByte() >= 0)
            throw new InvalidOperationException("inflated to something else");
    }
}
