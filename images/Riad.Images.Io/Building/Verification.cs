using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>Builds an image again, elsewhere, and compares.</summary>
internal static class Verification
{
    /// <summary>Compares two builds.</summary>
    /// <returns>A line for each file that differs; none when every octet is the same.</returns>
    public static List<string> Compare(BuildRecord given, BuildRecord made)
    {
        var (before, after) = (given.Files.AsEnumerable().ToDictionary(file => file.Path, StringComparer.Ordinal), made.Files.AsEnumerable().ToDictionary(file => file.Path, StringComparer.Ordinal));
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path))
                .Select(path => $"{path}: {before.GetValueOrDefault(path)?.Sha256 ?? "not there"} in the image, {after.GetValueOrDefault(path)?.Sha256 ?? "not there"} built again"),
        ];
    }

    /// <summary>Tells which of an image's own files are not what its record says.</summary>
    public static List<string> CheckFiles(string folder, BuildRecord record) =>
        [.. record.Files.AsEnumerable().Where(file => !File.Exists(Path.Combine(folder, file.Path)) || Hash(Path.Combine(folder, file.Path)) != file.Sha256)
            .Select(file => $"{file.Path} is not the file that {BuildRecord.FileName} speaks of")];

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
    }
}
