using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>The files of a container, read out of its OCI layout.</summary>
internal sealed class Layer
{
    private Layer(SortedDictionary<string, byte[]> files, SortedDictionary<string, string> links) => (Files, Links) = (files, links);

    /// <summary>The regular files, by path.</summary>
    public SortedDictionary<string, byte[]> Files { get; }

    /// <summary>The symbolic links, by path, with where they point.</summary>
    public SortedDictionary<string, string> Links { get; }

    /// <summary>Reads the one layer of an image.</summary>
    /// <param name="image">The folder that the builder wrote.</param>
    public static Layer Read(string image)
    {
        var layout = Path.Combine(image, "oci");
        var manifest = Json(Blob(layout, Json(Path.Combine(layout, "index.json")).GetProperty("manifests")[0]));
        using var unpacked = new GZipStream(File.OpenRead(Blob(layout, manifest.GetProperty("layers").EnumerateArray().Single())), CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        var (files, links) = (new SortedDictionary<string, byte[]>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal));
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.EntryType is TarEntryType.SymbolicLink)
                links.Add(entry.Name, entry.LinkName);
            if (entry.EntryType is not TarEntryType.RegularFile)
                continue;
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files.Add(entry.Name, content.ToArray());
        }
        return new(files, links);
    }

    /// <summary>True when there is a file at a path, or a link to one.</summary>
    public bool Holds(string path) => Files.ContainsKey(path) || (Links.TryGetValue(path, out var target) && Files.ContainsKey(target.TrimStart('/')));

    private static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    private static string Blob(string layout, JsonElement descriptor) => Path.Combine(layout, "blobs", descriptor.GetProperty("digest").GetString()!.Replace(':', '/'));
}
