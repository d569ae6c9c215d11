using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Riad.Core;

namespace Riad.Images.Packages;

/// <summary>The packages that images are made of: a line for each, <c>ARCHITECTURE NAME VERSION SHA256 PATH</c>, and one with the time of asking, <c>renewed 20261121T190000Z</c>.</summary>
/// <param name="Packages">In order of architecture and name; none wanted twice for a machine.</param>
public sealed record PackageLock(Seq<LockedPackage> Packages)
{
    private const string Heading = "# Debian packages of the images, written by 'make lock': architecture, name, version, SHA-256, place below a mirror.";

    private const string Renewed = "renewed";

    /// <summary>When Debian had these packages, in whole seconds; null for a file that does not say.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>A time as <c>20261121T190000Z</c>, in which Debian's archive of old packages is sorted too.</summary>
    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Reads a lock file.</summary>
    /// <param name="text">The whole file. Empty lines and those that begin with # say nothing.</param>
    /// <param name="packages">What it locks.</param>
    /// <param name="error">What is wrong with it, with the line.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PackageLock? packages, [NotNullWhen(false)] out string? error)
    {
        (packages, error) = (null, null);
        var (found, wanted, renewedAt) = (new List<LockedPackage>(), new HashSet<(string, PackageName)>(), (DateTimeOffset?)null);
        var line = 0;
        foreach (var content in text.Split('\n'))
        {
            line++;
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (renewedAt is null && TryParseTime(content, out var time))
            {
                renewedAt = time;
                continue;
            }
            if (!TryParseLine(content, out var package))
            {
                error = $"line {line}: write ARCHITECTURE NAME VERSION SHA256 PATH, as 'make lock' does";
                return false;
            }
            if (!wanted.Add((package.Architecture, PackageName.Of(package.Name))))
            {
                error = $"line {line}: {PackageName.Of(package.Name)} for {package.Architecture} stands there already; keep one of the lines, or let 'make lock' write the file";
                return false;
            }
            found.Add(package);
        }
        packages = new([.. found]) { RenewedAt = renewedAt };
        return true;
    }

    /// <summary>The file's text.</summary>
    public string Write()
    {
        var lines = Packages.AsEnumerable().OrderBy(package => package.Architecture, StringComparer.Ordinal).ThenBy(package => package.Name, StringComparer.Ordinal).Select(package => package.ToString());
        string[] time = RenewedAt is { } renewed ? [$"{Renewed} {renewed.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}"] : [];
        return string.Join('\n', [Heading, .. time, .. lines]) + '\n';
    }

    /// <summary>The package of this name, or of the one name that begins with it where a name holds a version, such as linux-image-6.1.0-9-arm64.</summary>
    public bool TryFind(string architecture, PackageName name, [NotNullWhen(true)] out LockedPackage? package)
    {
        package = Packages.AsEnumerable().FirstOrDefault(candidate => candidate.Architecture == architecture && name.Fits(candidate.Name));
        return package is not null;
    }

    /// <summary>The packages that would be replaced by older ones, each with the one in its place.</summary>
    /// <param name="next">What would be locked instead of this.</param>
    public Seq<(LockedPackage Before, LockedPackage After)> FindOlder(PackageLock next) =>
    [
        .. Packages.AsEnumerable()
            .Join(next.Packages, before => (before.Architecture, PackageName.Of(before.Name)), after => (after.Architecture, PackageName.Of(after.Name)), (before, after) => (Before: before, After: after))
            .Where(pair => DebianVersion.Compare(pair.After.Version, pair.Before.Version) < 0),
    ];

    private static bool TryParseTime(string line, out DateTimeOffset time)
    {
        time = default;
        return line.Split(' ') is [Renewed, var text] && DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
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
