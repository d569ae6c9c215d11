using System.Text.Json;
using System.Xml.Linq;
using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>What NuGet gave to a program: read from what the restore wrote down.</summary>
internal static class NuGetIngredients
{
    /// <summary>Lists the packages of an appliance, by name.</summary>
    public static async Task<List<Ingredient>> ReadAsync(SourceRepository repository, ApplianceImage appliance, Architecture architecture)
    {
        var path = Path.Combine(repository.Root, "appliances", appliance.Program, "obj", "project.assets.json");
        // A program that was brought along says nothing about itself.
        if (!File.Exists(path))
            return [];
        using var assets = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        var root = assets.RootElement;
        var folder = root.GetProperty("packageFolders").EnumerateObject().First().Name;

        var found = new List<Ingredient>();
        foreach (var pack in root.GetProperty("project").GetProperty("frameworks").EnumerateObject().SelectMany(Downloads))
        {
            var (name, version) = (pack.GetProperty("name").GetString()!, pack.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0]);
            found.Add(new(IngredientKind.NuGet, name, version, "", ReadLicence(folder, name, version), await HashAsync(folder, name, version), name.Contains(".Runtime.", StringComparison.Ordinal)));
        }
        if (root.GetProperty("targets").TryGetProperty($"net10.0/{architecture.RuntimeIdentifier}", out var target))
        {
            foreach (var library in target.EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
            {
                var (name, version) = library.Name.Split('/') is [var first, var second] ? (first, second) : (library.Name, "");
                // Analyzers and build tasks bring nothing that runs.
                var ships = library.Value.TryGetProperty("runtime", out var runtime) && runtime.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal));
                found.Add(new(IngredientKind.NuGet, name, version, "", ReadLicence(folder, name, version), await HashAsync(folder, name, version), ships));
            }
        }
        return [.. found.DistinctBy(ingredient => (ingredient.Name, ingredient.Version)).OrderBy(ingredient => ingredient.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<JsonElement> Downloads(JsonProperty framework) =>
        framework.Value.TryGetProperty("downloadDependencies", out var packs) ? packs.EnumerateArray() : [];

    // A package says it in SPDX's words, or names a file.
    private static string ReadLicence(string folder, string name, string version)
    {
        var lower = name.ToLowerInvariant();
        var path = Path.Combine(folder, lower, version.ToLowerInvariant(), $"{lower}.nuspec");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression")?.Value ?? ""
            : "";
    }

    private static async Task<string> HashAsync(string folder, string name, string version)
    {
        var (lower, number) = (name.ToLowerInvariant(), version.ToLowerInvariant());
        var path = Path.Combine(folder, lower, number, $"{lower}.{number}.nupkg.sha512");
        return File.Exists(path) ? "sha512:" + Convert.ToHexStringLower(Convert.FromBase64String(await File.ReadAllTextAsync(path))) : "";
    }
}
