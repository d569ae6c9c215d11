using System.Diagnostics.CodeAnalysis;
using Riad.Core;

namespace Riad.Images.Packages;

/// <summary>The packages that images are made of: a line for each, <c>ARCHITECTURE NAME VERSION SHA256 PATH</c>.</summary>
/// <param name="Packages">In order of architecture and name.</param>
public sealed record PackageLock(Seq<LockedPackage> Packages)
{
    private const string Heading = "# Debian packages of the images, written by 'make lock': architecture, name, version, SHA-256, place below a mirror.";

    /// <summary>Reads a lock file.</summary>
    /// <param name="text">The whole file. Empty lines and those that begin with # say nothing.</param>
    /// <param name="packages">What it locks.</param>
    /// <param name="error">What is wrong with it, with the line.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PackageLock? packages, [NotNullWhen(false)] out string? error)
    {
        (packages, error) = (null, null);
        var found = new List<LockedPackage>();
        var line = 0;
        foreach (var content in text.Split('\n'))
        {
            line++;
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (!TryParseLine(content, out var package))
            {
                error = $"line {line}: write ARCHITECTURE NAME VERSION SHA256 PATH, as 'make lock' does";
                return false;
            }
            found.Add(package);
        }
        packages = new([.. found]);
        return true;
    }

    /// <summary>The file's text.</summary>
    public string Write() => string.Join('\n', Packages.AsEnumerable().OrderBy(package => package.Architecture, StringComparer.Ordinal).ThenBy(package => package.Name, StringComparer.Ordinal)
        .Select(package => package.ToString()).Prepend(Heading)) + '\n';

    /// <summary>The package of this name, or of the one name that begins with it where a name holds a version, such as linux-image-6.1.0-9-arm64.</summary>
    public bool TryFind(string architecture, PackageName name, [NotNullWhen(true)] out LockedPackage? package)
    {
        package = Packages.AsEnumerable().SingleOrDefault(candidate => candidate.Architecture == architecture && name.Fits(candidate.Name));
        return package is not null;
    }

    private static bool TryParseLine(string line, [NotNullWhen(true)] out LockedPackage? package)
    {
        package = null;
        if (line.Split(' ') is not [var architecture, { Length: > 0 } name, { Length: > 0 } version, { Length: 64 } hash, var path])
            return false;
        if (architecture is not ("amd64" or "arm64") || !hash.All(char.IsAsciiHexDigitLower))
            return false;
        if (!path.EndsWith(".deb", StringComparison.Ordinal) || path.Split('/').Any(step => step is "" or "." or ".."))
            return false;
        package = new(architecture, name, version, new Octets(Convert.FromHexString(hash)), path);
        return true;
    }
}
