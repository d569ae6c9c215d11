using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Riad.Core;
using Riad.Images.Packages;

namespace Riad.Images.Io.Packages;

/// <summary>Asks Debian for the newest version of each package, through apt, which checks Debian's signatures.</summary>
/// <remarks>
/// apt gets a folder of its own: the machine's packages and sources stay as they are, and another architecture is no trouble. Of the machine's
/// settings only how to reach others counts (proxies): what is trusted and what is preferred is said here.
/// </remarks>
internal static partial class LockRenewal
{
    private const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>Finds the newest versions.</summary>
    /// <param name="mirror">Where to ask, without a slash at the end.</param>
    /// <exception cref="BuildException">There is no apt, or it fails.</exception>
    public static async Task<PackageLock> RenewAsync(string mirror)
    {
        var found = new List<LockedPackage>();
        var now = DateTimeOffset.UtcNow;
        foreach (var architecture in Architecture.All)
        {
            var shipped = architecture.Packages.Union(Companion.All.SelectMany(companion => companion.Packages));
            var names = architecture == Architecture.Amd64 ? shipped.Union(BuildTools.Packages) : shipped;
            var folder = Directory.CreateTempSubdirectory("riad-apt-");
            try
            {
                found.AddRange(await AskAsync(mirror, architecture.Name, folder.FullName, [.. names]));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        return new([.. found]) { RenewedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) };
    }

    private static async Task<List<LockedPackage>> AskAsync(string mirror, string architecture, string folder, ImmutableArray<PackageName> names)
    {
        var options = Options(folder, architecture);
        Directory.CreateDirectory(Path.Combine(folder, "lists", "partial"));
        Directory.CreateDirectory(Path.Combine(folder, "cache", "archives", "partial"));
        await File.WriteAllTextAsync(Path.Combine(folder, "status"), "");
        await File.WriteAllTextAsync(Path.Combine(folder, "sources.list"), string.Concat(
            $"deb [signed-by={Keyring}] {mirror}/debian bookworm main non-free-firmware\n",
            $"deb [signed-by={Keyring}] {mirror}/debian bookworm-updates main non-free-firmware\n",
            $"deb [signed-by={Keyring}] {mirror}/debian-security bookworm-security main non-free-firmware\n"));
        await RunAsync("apt-get", [.. options, "update"]);

        var wanted = new List<string>();
        foreach (var name in names)
            wanted.Add(name.IsKernel ? await FindKernelAsync(options, name) : name.Text);
        var listed = await RunAsync("apt-get", [.. options, "download", "--print-uris", .. wanted]);
        var packages = Place().Matches(listed).Select(match => Read(mirror, architecture, match)).ToList();
        return packages.Count == wanted.Count ? packages : throw new BuildException($"apt names {packages.Count} of {wanted.Count} packages for {architecture}: {listed.Trim()}");
    }

    // The package that stands for the newest kernel depends on it.
    private static async Task<string> FindKernelAsync(ImmutableArray<string> options, PackageName name)
    {
        var depends = await RunAsync("apt-cache", [.. options, "depends", name.Text]);
        return Dependency().Matches(depends).Select(match => match.Groups["name"].Value).FirstOrDefault(name.Fits)
            ?? throw new BuildException($"{name} does not say which kernel it stands for: {depends.Trim()}");
    }

    private static LockedPackage Read(string mirror, string architecture, Match match)
    {
        var file = match.Groups["file"].Value.Split('_');
        return new(architecture, file[0], Uri.UnescapeDataString(file[1]), new Octets(Convert.FromHexString(match.Groups["hash"].Value)), match.Groups["address"].Value[(mirror.Length + 1)..]);
    }

    private static ImmutableArray<string> Options(string folder, string architecture) =>
    [
        "-q",
        "-o", $"Dir::Etc::sourcelist={folder}/sources.list", "-o", "Dir::Etc::sourceparts=/dev/null", "-o", $"Dir::State={folder}", "-o", $"Dir::State::status={folder}/status",
        "-o", $"Dir::State::lists={folder}/lists", "-o", $"Dir::Cache={folder}/cache", "-o", $"APT::Architecture={architecture}", "-o", $"APT::Architectures={architecture}",
        "-o", "Acquire::Languages=none", "-o", "Acquire::Retries=3", "-o", "APT::Sandbox::User=root", "-o", "APT::Get::List-Cleanup=false",
        // An index that did not come is a failure and no old state; nothing without a signature counts, and nothing that has run out.
        "-o", "APT::Update::Error-Mode=any", "-o", "Acquire::AllowInsecureRepositories=false", "-o", "Acquire::AllowWeakRepositories=false", "-o", "Acquire::AllowDowngradeToInsecureRepositories=false",
        "-o", "APT::Get::AllowUnauthenticated=false", "-o", "Acquire::Check-Valid-Until=true", "-o", "Dir::Etc::preferences=/dev/null", "-o", "Dir::Etc::preferencesparts=/dev/null", "-o", "APT::Default-Release=",
    ];

    private static async Task<string> RunAsync(string program, ImmutableArray<string> arguments)
    {
        var result = await ExternalProgram.RunAsync(program, arguments, environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8" });
        return result.ExitCode == 0 ? result.Text : throw new BuildException($"{program} failed: {(result.Error + result.Text).Trim()}");
    }

    [GeneratedRegex(@"^'(?<address>[^']+)' (?<file>\S+) \d+ SHA256:(?<hash>[0-9a-f]{64})", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Place();

    [GeneratedRegex(@"Depends: (?<name>linux-image-\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Dependency();
}
