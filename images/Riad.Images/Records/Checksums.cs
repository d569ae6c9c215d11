using System.Globalization;

namespace Riad.Images.Records;

/// <summary>A file of hashes that <c>sha256sum --check</c> reads.</summary>
public static class Checksums
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "SHA256SUMS";

    /// <summary>A line for each file, in order of their paths.</summary>
    public static string Write(IEnumerable<ProductFile> files) =>
        string.Concat(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Sha256}  {file.Path}\n")));
}
