using System.Xml.Linq;

namespace Riad.Images.Io.Building;

/// <summary>A package of NuGet as the restore unpacked it.</summary>
internal sealed class NuGetPackage
{
    private static readonly string[] Texts = ["LICENSE.TXT", "THIRD-PARTY-NOTICES.TXT"];

    private readonly string place, file;

    private readonly List<XElement> description;

    /// <summary>Reads what it says about itself.</summary>
    /// <param name="packages">The folder of all of them.</param>
    /// <param name="name">As it is named on nuget.org.</param>
    /// <param name="version">As it is numbered there.</param>
    public NuGetPackage(string packages, string name, string version)
    {
        var (lower, number) = (name.ToLowerInvariant(), version.ToLowerInvariant());
        place = Path.Combine(packages, lower, number);
        file = Path.Combine(place, $"{lower}.{number}.nupkg.sha512");
        var path = Path.Combine(place, $"{lower}.nuspec");
        description = File.Exists(path) ? [.. XDocument.Load(path).Descendants()] : [];
    }

    /// <summary>An SPDX expression; empty where it names a file instead.</summary>
    public string Licence => description.Find(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression")?.Value ?? "";

    /// <summary>Who made it; empty where it does not say.</summary>
    public string Supplier => description.Find(element => element.Name.LocalName == "authors")?.Value ?? "";

    /// <summary>The licence and those of its parts, in order.</summary>
    public IEnumerable<string> LicenceFiles => Directory.Exists(place)
        ? Directory.EnumerateFiles(place).Where(path => Texts.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Of the file that was fetched, as <c>sha512:…</c>; empty where the restore left none.</summary>
    public async Task<string> HashAsync() => File.Exists(file) ? "sha512:" + Convert.ToHexStringLower(Convert.FromBase64String(await File.ReadAllTextAsync(file))) : "";
}
