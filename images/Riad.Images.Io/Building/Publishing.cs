using System.Text.RegularExpressions;

namespace Riad.Images.Io.Building;

/// <summary>Makes an appliance's one file with the .NET SDK.</summary>
internal static partial class Publishing
{
    /// <summary>Publishes an appliance.</summary>
    /// <returns>Where the file is.</returns>
    /// <exception cref="BuildException">The SDK fails, or lacks what it needs for the machine.</exception>
    public static async Task<string> RunAsync(SourceRepository repository, ApplianceImage appliance, Architecture architecture)
    {
        var output = Path.Combine(repository.Root, "out", "publish", architecture == Architecture.Amd64 ? appliance.Program : $"{appliance.Program}-{architecture.Name}");
        // Lock files know PCs only; what is restored for another machine has the same versions.
        string[] other = architecture == Architecture.Amd64 ? [] : [$"-p:RuntimeIdentifiers={architecture.RuntimeIdentifier}", "-p:RestoreLockedMode=false", $"-p:NuGetLockFilePath=obj/packages.{architecture.Name}.lock.json"];
        var result = await ExternalProgram.RunAsync("dotnet",
            ["publish", Path.Combine(repository.Root, "appliances", appliance.Program), "-c", "Release", "-r", architecture.RuntimeIdentifier, "--nologo", "-v", "quiet", "-o", output, .. other],
            environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en" });
        if (result.ExitCode == 0)
            return Path.Combine(output, appliance.Program);

        var missing = MissingPackage().Matches(result.Text + result.Error).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        throw new BuildException(missing.Count > 0
            ? $"{appliance.Program} for {architecture.Name} needs {Enumerate(missing)}, which this machine's NuGet registry does not have; build it where nuget.org is reached whole"
            : $"dotnet publish failed for {appliance.Program}:\n{result.Text.Trim()}{result.Error.Trim()}");
    }

    private static string Enumerate(List<string> names) => names.Count == 1 ? names[0] : string.Join(", ", names[..^1]) + " and " + names[^1];

    // A name that the registry does not know, or not in this version.
    [GeneratedRegex(@"NU110[123]: Unable to find package (?<name>[A-Za-z0-9.-]+[A-Za-z0-9])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MissingPackage();
}
