using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Riad.Images.Packages;

namespace Riad.Images.Trees;

/// <summary>The texts that licences want to go with what is copied: where Debian's packages have them, and those that these only name.</summary>
/// <remarks>Source: Debian policy §12.5: each package has /usr/share/doc/NAME/copyright, which names long texts in /usr/share/common-licenses. The same text stands there once.</remarks>
public static partial class LicenceTexts
{
    private const string Common = "usr/share/common-licenses/";

    /// <summary>Collects them.</summary>
    /// <param name="files">The files of these packages and of base-files, which has the common texts.</param>
    /// <param name="packages">Names of packages.</param>
    /// <param name="tree">The texts alone, each at its place.</param>
    /// <param name="missing">The path that no package has.</param>
    public static bool TryCollect(PackageFiles files, IEnumerable<string> packages, out FileTree tree, out string missing)
    {
        (tree, missing) = (FileTree.Empty, "");
        var (places, named) = (new Dictionary<string, string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var package in packages.Order(StringComparer.Ordinal))
        {
            if (!files.TryFind(missing = PlaceOf(package), out var text))
                return false;
            tree = tree.With(missing, Once(places, missing, text));
            named.UnionWith(Name().Matches(Encoding.Latin1.GetString(text.Span)).Select(match => Common + match.Groups["name"].Value));
        }
        // Some packages name texts that there are not, such as the folder itself.
        foreach (var path in named)
        {
            if (files.TryFind(path, out var text))
                tree = tree.With(path, Once(places, path, text));
        }
        missing = "";
        return true;
    }

    /// <summary>Where the text of a package lies, or of anything else that is in an image.</summary>
    /// <param name="name">Such as libc6.</param>
    public static string PlaceOf(string name) => $"usr/share/doc/{name}/copyright";

    private static Node Once(Dictionary<string, string> places, string path, ReadOnlyMemory<byte> text)
    {
        var hash = Convert.ToHexString(SHA256.HashData(text.Span));
        return places.TryAdd(hash, path) ? new Node.File(text, Modes.Text) : new Node.Link("/" + places[hash]);
    }

    [GeneratedRegex("/usr/share/common-licenses/(?<name>[A-Za-z0-9.+-]*[A-Za-z0-9])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();
}
