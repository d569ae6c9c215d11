using Riad.Host.Settings;

namespace Riad.Host.Sandbox;

/// <summary>Which files a serving appliance may use.</summary>
internal static class SandboxRules
{
    // Configuration and certificates, libraries, what the kernel tells of itself; what a machine's first process writes for us.
    private static readonly string[] Read = ["/etc", "/usr", "/lib", "/lib64", "/proc", "/sys", "/run/riad", "/run/systemd/resolve"];

    // Often links to where a program writes them that manages networks.
    private static readonly string[] OfNetwork = ["/etc/resolv.conf", "/etc/hosts"];

    private static readonly string[] Devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx", "/dev/pts"];

    // The file that starts every program, which the kernel opens as a program too; a processor has one of them.
    private static readonly string[] Loaders = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"];

    /// <summary>The rules for the service of a machine of its own, on which there is nothing to read that is not its own.</summary>
    public static IEnumerable<FileRule> OfMachine =>
        [new("/", FileRights.Read | FileRights.Execute), .. Devices.Select(device => new FileRule(device, FileRights.Read | FileRights.WriteFile)), new("/data", FileRights.Write), new("/tmp", FileRights.Write)];

    /// <summary>The rules for what was set.</summary>
    public static IEnumerable<FileRule> Of(SettingValues values, DirectoryInfo state, SandboxNeeds needs)
    {
        var isNarrow = !needs.StartsPrograms && !needs.Programs.IsEmpty;
        foreach (var path in needs.StartsPrograms ? ["/"] : Read)
            yield return new(path, isNarrow ? FileRights.Read : FileRights.Read | FileRights.Execute);
        foreach (var path in isNarrow ? [.. needs.Programs, .. Loaders] : Array.Empty<string>())
            yield return new(path, FileRights.Read | FileRights.Execute);
        foreach (var path in ProgramPlaces.OfThisProcess().All)
            yield return new(path, FileRights.Read);
        foreach (var device in Devices)
            yield return new(device, FileRights.Read | FileRights.WriteFile);
        // Whoever renews a file puts a new one in its place; where it is a link, the target's place counts too.
        foreach (var file in values.Files.Concat(OfNetwork.Select(path => new FileInfo(path))))
        {
            foreach (var place in PlacesOf(file))
                yield return new(place, FileRights.Read);
        }
        foreach (var path in needs.Reads)
            yield return new(path, FileRights.Read);
        foreach (var path in (string[])[state.FullName, .. needs.Writes.Select(Existing)])
            yield return new(path, FileRights.Write);
        if (needs.StartsPrograms)
            yield return new(Path.GetTempPath(), FileRights.Write);
    }

    private static string Existing(string path)
    {
        while (!Path.Exists(path) && Path.GetDirectoryName(path) is { Length: > 1 } outer)
            path = outer;
        return path;
    }

    /// <summary>Where a file is read, and where its link leads: the folders, or the file alone where its folder is the root.</summary>
    internal static IEnumerable<string> PlacesOf(FileInfo file)
    {
        string? target = null;
        try
        {
            target = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is named when it is read.
        }
        // The folder of a file such as /keys, mounted into a container, is everything.
        foreach (var path in new[] { file.FullName, target }.OfType<string>())
            yield return Path.GetDirectoryName(path) is { Length: > 1 } folder ? folder : path;
    }
}
