using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Riad.Images.Records;

/// <summary>A file of hashes that <c>sha256sum --check</c> reads.</summary>
public static class Checksums
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "SHA256SUMS";

    private const int HashLength = 64;

    private const string Gap = "  ";

    /// <summary>A line for each file, in order of their paths.</summary>
    public static string Write(IEnumerable<ProductFile> files) =>
        string.Concat(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Sha256}{Gap}{file.Path}\n")));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="sums">The hash of each path, in hexadecimal digits.</param>
    /// <returns>False for a line of another form, a path that leads out of the folder, or one that stands there twice.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out ImmutableSortedDictionary<string, string>? sums)
    {
        sums = null;
        var found = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length <= HashLength + Gap.Length || line.Substring(HashLength, Gap.Length) != Gap || !line.Take(HashLength).All(char.IsAsciiHexDigitLower))
                return false;
            var path = line[(HashLength + Gap.Length)..];
            if (!ProductFile.IsPath(path) || !found.TryAdd(path, line[..HashLength]))
                return false;
        }
        sums = found.ToImmutable();
        return true;
    }

    /// <summary>The same lines as they are one folder above.</summary>
    /// <param name="folder">The name of the folder that the sums were made in.</param>
    /// <param name="sums">What <see cref="TryRead"/> found.</param>
    public static string WriteBelow(string folder, ImmutableSortedDictionary<string, string> sums) => string.Concat(sums.Select(sum => $"{sum.Value}{Gap}{folder}/{sum.Key}\n"));
}
