using System.Collections.Immutable;
using System.Security.Cryptography;
using Riad.Images.Packages;

namespace Riad.Images.Io.Packages;

/// <summary>Debian packages on this machine: fetched once, verified each time.</summary>
/// <param name="packages">Which ones.</param>
/// <param name="folder">Where they are kept.</param>
/// <param name="mirror">Where they come from, without a slash at the end.</param>
/// <param name="archive">Where those come from that the mirror has no more; null to refuse them, since what replaced them mends faults.</param>
internal sealed class PackageStore(PackageLock packages, string folder, string mirror, SnapshotArchive? archive = null)
{
    /// <summary>Debian's own mirror, which is near to everybody.</summary>
    public const string DefaultMirror = "http://deb.debian.org";

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

    /// <summary>Fetches a package, unless it is here.</summary>
    /// <returns>The whole file, which has the hash of the lock file.</returns>
    /// <exception cref="BuildException">It cannot be had, or is another.</exception>
    public async Task<byte[]> FetchAsync(LockedPackage package)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{package.Sha256}.deb");
        if (File.Exists(path) && await File.ReadAllBytesAsync(path) is var kept && IsGenuine(package, kept))
            return kept;

        // A name of its own, so that two builds at once do not meet.
        var arriving = Path.Combine(folder, $"{package.Sha256}.{Environment.ProcessId}");
        try
        {
            var address = await DownloadAsync(package, arriving);
            var octets = await File.ReadAllBytesAsync(arriving);
            if (!IsGenuine(package, octets))
                throw new BuildException($"{package.FileName} from {address} has another SHA-256 than the lock file says; nothing was built from it");
            File.Move(arriving, path, overwrite: true);
            return octets;
        }
        finally
        {
            File.Delete(arriving);
        }
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

    private async Task<string> DownloadAsync(LockedPackage package, string path)
    {
        if (await Download.TryAsync($"{mirror}/{package.Path}", path))
            return mirror;
        if (archive is null)
            throw new BuildException($"Debian's mirror no longer has {package.Name} {package.Version}, most likely because a newer version replaced it: 'make lock' renews images/debian.lock");
        foreach (var address in archive.PlacesOf(package))
        {
            if (await Download.TryAsync(address, path))
                return archive.Address;
        }
        throw new BuildException($"Neither {mirror} nor {archive.Address} has {package.Name} {package.Version}, which the image was made of: name with --mirror or --archive who has it");
    }

    private static bool IsGenuine(LockedPackage package, byte[] octets) => package.Sha256.Span.SequenceEqual(SHA256.HashData(octets));
}
