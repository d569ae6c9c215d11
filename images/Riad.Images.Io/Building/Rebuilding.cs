using Riad.Images.Records;

namespace Riad.Images.Io.Building;

/// <summary>Builds an image a second time, from a fresh clone of its commit in another folder, and compares.</summary>
internal sealed class Rebuilding(string cache, string mirror, TextWriter output)
{
    /// <summary>Verifies an image.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="given">What it says about itself.</param>
    /// <returns>0 when every octet is the same, 1 otherwise.</returns>
    /// <exception cref="BuildException">It cannot be built again.</exception>
    public async Task<int> VerifyAsync(string folder, BuildRecord given)
    {
        if (given.Commit.Length != 40)
            throw new BuildException($"The image was built from {given.Commit}: only one from a commit alone can be built again");
        if (Verification.CheckFiles(folder, given) is [var damaged, ..])
            throw new BuildException(damaged);
        var sdk = (await ExternalProgram.RunAsync("dotnet", ["--version"])).Text.Trim();
        if (sdk != given.Sdk)
            await output.WriteLineAsync($"The image was built with .NET SDK {given.Sdk}, here is {sdk}: files may differ for that alone");

        var place = Directory.CreateTempSubdirectory("riad-verify-");
        try
        {
            var differences = Verification.Compare(given, await BuildAsync(place.FullName, given));
            foreach (var line in differences)
                await output.WriteLineAsync(line);
            await output.WriteLineAsync(differences.Count == 0 ? $"{folder}: every file is the same, built again from {given.Commit}" : $"{folder}: {differences.Count} of {given.Files.Count} files differ");
            return differences.Count == 0 ? 0 : 1;
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private async Task<BuildRecord> BuildAsync(string place, BuildRecord given)
    {
        var (sources, product) = (Path.Combine(place, "sources"), Path.Combine(place, "image"));
        await DemandAsync("git", ["clone", "--quiet", "--no-checkout", SourceRepository.FindRoot(), sources], "The sources cannot be cloned");
        await DemandAsync("git", ["-C", sources, "checkout", "--quiet", "--detach", given.Commit], $"This repository does not have the commit {given.Commit}; fetch it");
        await DemandAsync("dotnet",
            ["run", "--project", Path.Combine(sources, "images", "Riad.Images.Io"), "-c", "Release", "--", "build", given.Appliance, "--architecture", given.Architecture, "--output", product, "--cache", cache, "--mirror", mirror],
            "The image cannot be built again", sources);
        return BuildRecord.TryRead(await File.ReadAllBytesAsync(Path.Combine(product, BuildRecord.FileName)), out var made) ? made : throw new BuildException("The second build left no record");
    }

    private static async Task DemandAsync(string program, string[] arguments, string complaint, string? folder = null)
    {
        var result = await ExternalProgram.RunAsync(program, arguments, folder: folder);
        if (result.ExitCode != 0)
            throw new BuildException($"{complaint}: {(result.Text + result.Error).Trim()}");
    }
}
