using Riad.Git.Protocol.Client;
using Riad.Host.Sandbox;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>What the server needs of the machine: its repository, and for a remote perhaps programs.</summary>
internal static class RemoteNeeds
{
    /// <summary>ssh for a remote over ssh, git for one on this machine, and what GIT_ASKPASS names where nothing else knows a password.</summary>
    public static SandboxNeeds Of(SettingValues settings)
    {
        var address = settings.Get(RemoteSettings.Remote)?.Address;
        var asksGit = address is RemoteAddress.Http && settings.Get(RemoteSettings.Credentials) is null;
        var home = asksGit ? (string?[])[Environment.GetEnvironmentVariable("HOME"), Environment.GetEnvironmentVariable("XDG_CONFIG_HOME")] : [];
        return new()
        {
            StartsPrograms = address is RemoteAddress.Ssh or RemoteAddress.Local || (asksGit && Environment.GetEnvironmentVariable("GIT_ASKPASS") is { Length: > 0 }),
            Reads = [.. home.OfType<string>().Where(folder => folder.Length > 0)],
            Writes = [.. Repository(settings), .. Local(address)],
        };
    }

    private static string[] Repository(SettingValues settings) => settings.Get(PrimaryGitSettings.Repository) is { } folder ? [folder.FullName] : [];

    // It is git's to write; one that is not there is not ours to create.
    private static string[] Local(RemoteAddress? address) => address is RemoteAddress.Local(var path) && Directory.Exists(path) ? [Path.GetFullPath(path)] : [];
}
