using System.Collections.Immutable;
using System.Security.Cryptography;
using Riad.Images.Packages;

namespace Riad.Images.Io.Packages;

/// <summary>Debian packages on this machine: fetched once, verified each time.</summary>
/// <param name="packages">Which ones.</param>
/// <param name="folder">Where they are kept.</param>
/// <param name="mirror">Where they come from, without a slash at the end.</param>
internal sealed class PackageStore(PackageLock packages, string folder, string mirror)
{
    /// <summary>Debian's own mirror, which is near to everybody.</summary>
    public const string DefaultMirror = "http://deb.debian.org";

    // apt's way to fetch knows the machine's proxies and tries again.
    private const string AptHelper = "/usr/lib/apt/apt-helper";

    /// <summary>Finds a package in the lock file.</summary>
    /// <exception cref="BuildException">It is not there.</exception>
    public LockedPackage Find(string architecture, PackageName name) =>
        packages.TryFind(architecture, name, out var package) ? package : throw new BuildException($"The lock file has no package {name} for {architecture}: 'make lock' renews it");

    /// <summary>The files of some packages together.</summary>
    public async Task<PackageFiles> ReadAsync(string architecture, ImmutableArray<PackageName> names)
    {
        var files = PackageFiles.None;
        foreach (var name in names)
            files = files.With(await ReadAsync(Find(architecture, name)));
        return files;
    }

    private async Task<PackageFiles> ReadAsync(LockedPackage package)
    {
        var octets = await FetchAsync(package);
        if (!DebFile.TryFindFiles(octets, out var compressed, out var fault))
            throw new BuildException($"{package.FileName} is no package that this builder reads: {fault}");
        var unpacked = await ExternalProgram.RunAsync("xz", ["--decompress", "--stdout"], compressed);
        if (unpacked.ExitCode != 0)
            throw new BuildException($"{package.FileName} cannot be unpacked: {unpacked.Error.Trim()}");
        using var tar = new MemoryStream(unpacked.Output, writable: false);
        return PackageFiles.Read(tar);
    }

    private async Task<byte[]> FetchAsync(LockedPackage package)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{package.Sha256}.deb");
        if (File.Exists(path) && await File.ReadAllBytesAsync(path) is var kept && IsGenuine(package, kept))
            return kept;

        // A name of its own, so that two builds at once do not meet.
        var arriving = Path.Combine(folder, $"{package.Sha256}.{Environment.ProcessId}");
        try
        {
            await DownloadAsync(package, $"{mirror}/{package.Path}", arriving);
            var octets = await File.ReadAllBytesAsync(arriving);
            if (!IsGenuine(package, octets))
                throw new BuildException($"{package.FileName} from {mirror} has another SHA-256 than the lock file says; nothing was built from it");
            File.Move(arriving, path, overwrite: true);
            return octets;
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    private static async Task DownloadAsync(LockedPackage package, string address, string path)
    {
        if (!File.Exists(AptHelper))
        {
            await DownloadPlainlyAsync(package, address, path);
            return;
        }
        // Without a hash: ours says more about what came instead.
        var fetched = await ExternalProgram.RunAsync(AptHelper, ["-o", "Acquire::Retries=3", "-o", "APT::Sandbox::User=root", "download-file", address, path]);
        if (fetched.ExitCode == 0)
            return;
        var said = fetched.Error + fetched.Text;
        throw said.Contains(" 404 ", StringComparison.Ordinal) ? Replaced(package) : new BuildException($"{address} cannot be fetched: {LastLine(said)}");
    }

    private static async Task DownloadPlainlyAsync(LockedPackage package, string address, string path)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            if (answer.StatusCode is System.Net.HttpStatusCode.NotFound)
                throw Replaced(package);
            answer.EnsureSuccessStatusCode();
            await using var file = File.Create(path);
            await answer.Content.CopyToAsync(file);
        }
        catch (HttpRequestException exception)
        {
            throw new BuildException($"{address} cannot be fetched: {exception.Message}");
        }
    }

    private static BuildException Replaced(LockedPackage package) =>
        new($"Debian's mirror no longer has {package.Name} {package.Version}, most likely because a newer version replaced it: 'make lock' renews images/debian.lock");

    private static bool IsGenuine(LockedPackage package, byte[] octets) => package.Sha256.Span.SequenceEqual(SHA256.HashData(octets));

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no reason was given");
}
