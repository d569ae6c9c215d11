using System.Text.Json;
using Riad.Images.Records;
using Riad.Images.Trees;

namespace Riad.Images.Io.Building;

/// <summary>What NuGet gave to a program: read from what the restore wrote down.</summary>
/// <param name="Ingredients">The packages, by name.</param>
/// <param name="Licences">The texts of those that are in the program.</param>
internal sealed record NuGetIngredients(IReadOnlyList<Ingredient> Ingredients, FileTree Licences)
{
    /// <summary>What is known of a program that was brought along: it says nothing about itself.</summary>
    public static NuGetIngredients Unknown { get; } = new([], FileTree.Empty);

    /// <summary>Reads them for an appliance that has been published.</summary>
    public static async Task<NuGetIngredients> ReadAsync(SourceRepository repository, ApplianceImage appliance, Architecture architecture)
    {
        var path = Path.Combine(repository.Root, "appliances", appliance.Program, "obj", "project.assets.json");
        if (!File.Exists(path))
            return Unknown;
        using var assets = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        var folder = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;

        var (found, licences) = (new List<Ingredient>(), FileTree.Empty);
        foreach (var (name, version, ships) in List(assets.RootElement, architecture).DistinctBy(package => (package.Name, package.Version)).OrderBy(package => package.Name, StringComparer.Ordinal))
        {
            var package = new NuGetPackage(folder, name, version);
            found.Add(new(IngredientKind.NuGet, name, version, "", package.Licence, await package.HashAsync(), ships) { Supplier = package.Supplier });
            foreach (var text in ships ? package.LicenceFiles : [])
                licences = licences.With($"usr/share/doc/{name.ToLowerInvariant()}/{Path.GetFileName(text)}", new Node.File(await File.ReadAllBytesAsync(text), Modes.Text));
        }
        return new(found, licences);
    }

    private static IEnumerable<(string Name, string Version, bool Ships)> List(JsonElement assets, Architecture architecture)
    {
        foreach (var pack in assets.GetProperty("project").GetProperty("frameworks").EnumerateObject().SelectMany(Downloads))
        {
            var name = pack.GetProperty("name").GetString()!;
            yield return (name, pack.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0], name.Contains(".Runtime.", StringComparison.Ordinal));
        }
        if (!assets.GetProperty("targets").TryGetProperty($"net10.0/{architecture.RuntimeIdentifier}", out var target))
            yield break;
        foreach (var library in target.EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var (name, version) = library.Name.Split('/') is [var first, var second] ? (first, second) : (library.Name, "");
            // Analyzers and build tasks bring nothing that runs.
            yield return (name, version, library.Value.TryGetProperty("runtime", out var runtime) && runtime.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<JsonElement> Downloads(JsonProperty framework) =>
        framework.Value.TryGetProperty("downloadDependencies", out var packs) ? packs.EnumerateArray() : [];
}
