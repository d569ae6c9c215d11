using System.Diagnostics;
using System.Globalization;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Io.Remotes;

/// <summary>How the programs of a remote are called. No shell of this machine sees the arguments.</summary>
internal static class RemotePrograms
{
    // What somebody set for another repository must not lead git to it.
    private static readonly string[] Forgotten =
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_QUARANTINE_PATH"];

    /// <summary>git's own program on this machine.</summary>
    public static ProcessStartInfo OfLocal(RemoteAddress.Local address, GitService service) =>
        Start("git", service, [service.Name()["git-".Length..], Path.GetFullPath(address.Path)]);

    /// <summary>git's program on another machine: ssh asks nobody anything, and believes no host key that it does not know.</summary>
    public static ProcessStartInfo OfSsh(RemoteAddress.Ssh address, GitService service, RemoteOptions options)
    {
        List<string> arguments =
        [
            "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "SendEnv=GIT_PROTOCOL", "-o", "ForwardAgent=no", "-o", "ClearAllForwardings=yes",
            "-o", string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={Math.Max(1, (int)options.Times.Connect.TotalSeconds)}"), "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3",
        ];
        if (options.KnownHostsFile is { } hosts)
            arguments.AddRange(["-o", $"UserKnownHostsFile={QuoteForSsh(hosts)}", "-o", "GlobalKnownHostsFile=/dev/null"]);
        if (options.KeyFile is { } key)
            arguments.AddRange(["-o", $"IdentityFile={QuoteForSsh(key)}", "-o", "IdentitiesOnly=yes"]);
        if (address.Port is { } port)
            arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        arguments.AddRange(["--", address.Destination, $"{service.Name()} {ShellWord.Quote(address.Path)}"]);
        return Start(options.SshProgram, service, arguments);
    }

    // ssh splits what a file's option says at spaces, and takes % for a placeholder.
    private static string QuoteForSsh(string path) => $"\"{Path.GetFullPath(path).Replace("%", "%%", StringComparison.Ordinal)}\"";

    private static ProcessStartInfo Start(string program, GitService service, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in Forgotten)
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        if (service is GitService.UploadPack)
            start.Environment["GIT_PROTOCOL"] = FetchRequest.AskedVersion;
        else
            start.Environment.Remove("GIT_PROTOCOL");
        return start;
    }
}
