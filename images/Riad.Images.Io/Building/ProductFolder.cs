using System.Security.Cryptography;
using Riad.Images.Disks;
using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>The folder that an image's files go to.</summary>
internal sealed class ProductFolder
{
    private const int Block = 64 * 1024;

    private readonly string root;

    private readonly List<ProductFile> files = [];

    /// <summary>Empties the folder.</summary>
    public ProductFolder(string root)
    {
        this.root = root;
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(root);
    }

    /// <summary>What was written.</summary>
    public IReadOnlyList<ProductFile> Files => files;

    /// <summary>Writes a file.</summary>
    public void Write(string path, ReadOnlyMemory<byte> content) => Write(path, new Disk(content.Length, [new(0, content)]));

    /// <summary>Writes a disk: what is nothing but zeros takes no room.</summary>
    public void Write(string path, Disk disk)
    {
        var place = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        using (var file = new FileStream(place, FileMode.Create, FileAccess.ReadWrite))
        {
            file.SetLength(disk.Length);
            foreach (var piece in disk.Pieces)
                WriteSparsely(file, piece);
            file.Position = 0;
            files.Add(new(path, disk.Length, Convert.ToHexStringLower(SHA256.HashData(file))));
        }
    }

    private static void WriteSparsely(FileStream file, DiskPiece piece)
    {
        for (var at = 0; at < piece.Content.Length; at += Block)
        {
            var block = piece.Content.Span.Slice(at, Math.Min(Block, piece.Content.Length - at));
            if (block.IndexOfAnyExcept((byte)0) < 0)
                continue;
            file.Position = piece.Offset + at;
            file.Write(block);
        }
    }
}
