using System.Security.Cryptography;
using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>Looks at the files of an image's folder.</summary>
internal static class Verification
{
    /// <summary>Every file that is there.</summary>
    public static List<ProductFile> List(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Read(folder, path)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>Refuses a folder whose files are not those that its record names: building again would only find what is known already.</summary>
    /// <exception cref="BuildException">A file is another, is missing, or is named by nobody.</exception>
    public static void Check(IReadOnlyList<ProductFile> files, BuildRecord record)
    {
        foreach (var named in record.Files)
        {
            if (!files.Contains(named))
                throw new BuildException($"{named.Path} is not the file that {BuildRecord.FileName} speaks of");
        }
        var known = record.Files.Select(file => file.Path).Concat([BuildRecord.FileName, BillOfMaterials.FileName, Checksums.FileName]);
        if (files.Select(file => file.Path).Except(known, StringComparer.Ordinal).FirstOrDefault() is { } stranger)
            throw new BuildException($"{Comparison.Show(stranger)} is no file of this image: {BuildRecord.FileName} does not name it; move it away");
    }

    /// <summary>Says what came out of building again.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="folder">The image.</param>
    /// <param name="record">Its record.</param>
    /// <param name="differences">A line for each.</param>
    /// <returns>0 when there is none, 1 otherwise.</returns>
    public static async Task<int> TellAsync(TextWriter output, string folder, BuildRecord record, IReadOnlyCollection<string> differences)
    {
        foreach (var line in differences)
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(differences.Count == 0 ? $"{folder}: every file is the same, built again from {record.Commit}" : $"{folder}: not the same, in {differences.Count} places");
        return differences.Count == 0 ? 0 : 1;
    }

    private static ProductFile Read(string folder, string path)
    {
        using var file = File.OpenRead(path);
        return new(Path.GetRelativePath(folder, path), file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
