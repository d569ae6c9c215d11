using System.Collections.Immutable;
using System.Security.Cryptography;
using Riad.Images.Disks;
using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>The folder that an image's files go to: they come together in a folder inside it, and replace those of the build before when all are there.</summary>
/// <remarks>Nothing but what the build before left is ever removed, and that only as it was left: people run images where they find them.</remarks>
internal sealed class ProductFolder : IDisposable
{
    private const int Block = 64 * 1024;

    private const string Arriving = ".arriving";

    private readonly string root;

    private readonly List<ProductFile> files = [];

    private ProductFolder(string root) => this.root = root;

    /// <summary>What was written.</summary>
    public IReadOnlyList<ProductFile> Files => files;

    private string Staging => Path.Combine(root, Arriving);

    /// <summary>Opens a folder for a build, or makes it.</summary>
    /// <exception cref="BuildException">It holds what no build left there.</exception>
    public static ProductFolder Open(string path)
    {
        var folder = new ProductFolder(Path.GetFullPath(path));
        if (File.Exists(folder.root))
            throw new BuildException($"{folder.root} is a file: name a folder");
        folder.ListReplaced();
        // Of a build that did not come to its end.
        if (Directory.Exists(folder.Staging))
            Directory.Delete(folder.Staging, recursive: true);
        Directory.CreateDirectory(folder.Staging);
        return folder;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string path, ReadOnlyMemory<byte> content) => Write(path, new Disk(content.Length, [new(0, content)]));

    /// <summary>Writes a disk: what is nothing but zeros takes no room.</summary>
    public void Write(string path, Disk disk)
    {
        var place = Path.Combine(Staging, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        using var file = new FileStream(place, FileMode.Create, FileAccess.ReadWrite);
        file.SetLength(disk.Length);
        foreach (var piece in disk.Pieces)
            WriteSparsely(file, piece);
        file.Position = 0;
        files.Add(new(path, disk.Length, Convert.ToHexStringLower(SHA256.HashData(file))));
    }

    /// <summary>Writes the sums, and puts everything into its place.</summary>
    /// <exception cref="BuildException">Meanwhile something came there that would be lost.</exception>
    public void Complete()
    {
        var replaced = ListReplaced();
        if (files.Select(file => file.Path).Append(Checksums.FileName).Except(replaced, StringComparer.Ordinal).FirstOrDefault(path => Path.Exists(Path.Combine(root, path))) is { } foreign)
            throw new BuildException($"{Path.Combine(root, foreign)} is in the way, and no build left it there: move it away");

        File.WriteAllText(Path.Combine(Staging, Checksums.FileName), Checksums.Write(files));
        foreach (var path in replaced)
            File.Delete(Path.Combine(root, path));
        foreach (var folder in replaced.SelectMany(FoldersOf).Distinct(StringComparer.Ordinal).OrderByDescending(folder => folder.Length))
            DeleteIfEmpty(Path.Combine(root, folder));
        // The sums last: they say that the rest is there.
        foreach (var path in files.Select(file => file.Path).Append(Checksums.FileName))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.Move(Path.Combine(Staging, path), Path.Combine(root, path));
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Staging))
            Directory.Delete(Staging, recursive: true);
        // A build that failed leaves no empty folder behind.
        DeleteIfEmpty(root);
    }

    // What the build before left, as its sums name it.
    private ImmutableArray<string> ListReplaced()
    {
        if (!Directory.Exists(root) || Directory.EnumerateFileSystemEntries(root).All(path => Path.GetFileName(path) == Arriving))
            return [];
        var place = Path.Combine(root, Checksums.FileName);
        if (!File.Exists(place) || !Checksums.TryRead(File.ReadAllText(place), out var sums) || !sums.ContainsKey(BuildRecord.FileName))
            throw new BuildException($"{root} has files in it, and no {Checksums.FileName} of an image: name a folder that is empty, or not there yet");
        foreach (var (path, hash) in sums)
        {
            if (File.Exists(Path.Combine(root, path)) && Hash(Path.Combine(root, path)) != hash)
                throw new BuildException($"{Path.Combine(root, path)} has changed since it was built, and would be lost: move it away, and run images from another folder than they are built in");
        }
        return [.. sums.Keys.Append(Checksums.FileName)];
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    private static void DeleteIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
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
