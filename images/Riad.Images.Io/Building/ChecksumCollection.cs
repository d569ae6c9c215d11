using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>One file of hashes over all images that lie in a folder.</summary>
internal static class ChecksumCollection
{
    /// <summary>Writes it anew.</summary>
    /// <param name="images">The folder with a folder for each image.</param>
    public static async Task WriteAsync(string images)
    {
        var lines = "";
        foreach (var folder in Directory.EnumerateDirectories(images).Order(StringComparer.Ordinal))
        {
            var place = Path.Combine(folder, Checksums.FileName);
            if (File.Exists(place) && Checksums.TryRead(await File.ReadAllTextAsync(place), out var sums))
                lines += Checksums.WriteBelow(Path.GetFileName(folder), sums);
        }
        await File.WriteAllTextAsync(Path.Combine(images, Checksums.FileName), lines);
    }
}
