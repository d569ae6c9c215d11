using Riad.Git.Io.Remotes;
using Riad.Git.Protocol.Client;
using Riad.Host.Sandbox;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>What the server needs of the machine: its repository, and for a remote perhaps programs.</summary>
internal static class RemoteNeeds
{
    // ssh starts other programs, a proxy's for one, through a shell alone.
    private const string Shell = "/bin/sh";

    /// <summary>Where the program lies that a remote needs, by the folders of PATH; null when it needs none, or there is none.</summary>
    public static string? Program(RemoteAddress? address) => NameOf(address) is { } name ? ProgramPath.Find(name, Environment.GetEnvironmentVariable("PATH")) : null;

    /// <summary>What is missing for a remote, and what to do; null when nothing is.</summary>
    public static string? Missing(RemoteAddress address) => (address, Program(address)) switch
    {
        (RemoteAddress.Ssh, null) => "a remote over ssh needs the program ssh, which is not here: install openssh-client, or run the image dns-primary-git-ssh, which holds it; a remote over https needs nothing",
        (RemoteAddress.Local, null) => "a remote on this machine needs the program git, which is not here: install git (no image holds it), or take a remote over https",
        _ => null,
    };

    /// <summary>ssh for a remote over ssh, git for one on this machine, and what GIT_ASKPASS names where nothing else knows a password.</summary>
    public static SandboxNeeds Of(SettingValues settings)
    {
        var address = settings.Get(RemoteSettings.Remote)?.Address;
        var asksGit = address is RemoteAddress.Http && settings.Get(RemoteSettings.Credentials) is null;
        var home = asksGit ? (string?[])[Environment.GetEnvironmentVariable("HOME"), Environment.GetEnvironmentVariable("XDG_CONFIG_HOME")] : [];
        var program = Program(address);
        var isAlone = address is RemoteAddress.Ssh && !File.Exists(Shell);
        return new()
        {
            Programs = program is not null && isAlone ? [program] : [],
            StartsPrograms = (program is not null && !isAlone) || (asksGit && Environment.GetEnvironmentVariable("GIT_ASKPASS") is { Length: > 0 }),
            Reads = [.. home.OfType<string>().Where(folder => folder.Length > 0)],
            Writes = [.. Repository(settings), .. Local(address)],
        };
    }

    private static string? NameOf(RemoteAddress? address) => address switch
    {
        RemoteAddress.Ssh => "ssh",
        RemoteAddress.Local => "git",
        _ => null,
    };

    private static string[] Repository(SettingValues settings) => settings.Get(PrimaryGitSettings.Repository) is { } folder ? [folder.FullName] : [];

    // It is git's to write; one that is not there is not ours to create.
    private static string[] Local(RemoteAddress? address) => address is RemoteAddress.Local(var path) && Directory.Exists(path) ? [Path.GetFullPath(path)] : [];
}
