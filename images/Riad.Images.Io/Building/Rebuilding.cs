using Riad.Images.Io.Packages;
using Riad.Images.Packages;
using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>Builds an image a second time, from a fresh clone of its commit in another folder, and compares.</summary>
/// <param name="cache">Where packages are kept.</param>
/// <param name="mirror">Where they come from.</param>
/// <param name="archive">Where those come from that were replaced since.</param>
/// <param name="output">What it finds.</param>
internal sealed class Rebuilding(string cache, string mirror, string archive, TextWriter output)
{
    /// <summary>Verifies an image.</summary>
    /// <param name="folder">Where it is.</param>
    /// <returns>0 when every octet of every file is the same, 1 otherwise.</returns>
    /// <exception cref="BuildException">It cannot be built again.</exception>
    public async Task<int> VerifyAsync(string folder)
    {
        var given = await ReadRecordAsync(folder) ?? throw new BuildException($"{Path.Combine(folder, BuildRecord.FileName)} is not there, or is no build record: name the folder of an image, such as out/images/dns-secondary");
        if (!Recipe.TryFind(given, out var recipe, out var refusal))
            throw new BuildException($"The image cannot be built again: {refusal}");
        var files = Verification.List(folder);
        Verification.Check(files, given);

        var place = Directory.CreateTempSubdirectory("riad-verify-");
        try
        {
            var product = Path.Combine(place.FullName, "image");
            await BuildAsync(Path.Combine(place.FullName, "sources"), product, recipe, given);
            var made = await ReadRecordAsync(product) ?? throw new BuildException("The second build left no record");
            return await Verification.TellAsync(output, folder, given, [.. Comparison.Files(files, Verification.List(product)), .. Comparison.Records(given, made)]);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private async Task BuildAsync(string sources, string product, Recipe recipe, BuildRecord given)
    {
        await DemandAsync("git", ["clone", "--quiet", "--no-checkout", SourceRepository.FindRoot(), sources], "The sources cannot be cloned");
        await DemandAsync("git", ["-C", sources, "checkout", "--quiet", "--detach", recipe.Commit], $"This repository does not have the commit {recipe.Commit}; fetch it");
        await FetchAsync(Path.Combine(sources, "images", "debian.lock"), recipe, given);
        await DemandAsync("dotnet",
            ["run", "--project", Path.Combine(sources, "images", "Riad.Images.Io"), "-c", "Release", "--", "build", recipe.Appliance, "--architecture", recipe.Architecture.Name, "--output", product, "--cache", cache, "--mirror", mirror],
            "The image cannot be built again", sources, new(StringComparer.Ordinal) { [SourceDate.Variable] = SourceDate.Write(recipe.Time) });
    }

    // Before the builder of that commit looks for them on the mirror, which has newer ones by now.
    private async Task FetchAsync(string lockFile, Recipe recipe, BuildRecord given)
    {
        if (!PackageLock.TryParse(await File.ReadAllTextAsync(lockFile), out var packages, out var error))
            throw new BuildException($"{lockFile}: {error}");
        var store = new PackageStore(packages, cache, mirror, new(archive, packages.RenewedAt ?? recipe.Time));
        foreach (var package in packages.Packages.Where(package => given.Ingredients.Any(ingredient => ingredient.Hash == $"sha256:{package.Sha256}")))
            await store.FetchAsync(package);
    }

    private static async Task<BuildRecord?> ReadRecordAsync(string folder)
    {
        var path = Path.Combine(folder, BuildRecord.FileName);
        return File.Exists(path) && BuildRecord.TryRead(await File.ReadAllBytesAsync(path), out var record) ? record : null;
    }

    private static async Task DemandAsync(string program, string[] arguments, string complaint, string? folder = null, Dictionary<string, string>? environment = null)
    {
        var result = await ExternalProgram.RunAsync(program, arguments, environment: environment, folder: folder);
        if (result.ExitCode != 0)
            throw new BuildException($"{complaint}: {(result.Text + result.Error).Trim()}");
    }
}
