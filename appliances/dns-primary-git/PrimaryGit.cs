using Riad.DnsPrimaryGit.Access;
using Riad.DnsPrimaryGit.Commands;
using Riad.DnsPrimaryGit.Remotes;
using Riad.DnsPrimaryGit.Serving;
using Riad.Host;
using Riad.Host.Dns;

namespace Riad.DnsPrimaryGit;

/// <summary>The appliance as its operator sees it.</summary>
internal static class PrimaryGit
{
    public const string Name = "dns-primary-git";

    public static ApplianceDefinition Definition { get; } = new()
    {
        Name = Name,
        Summary = "Serves authoritative DNS zones from a Git repository: push, and the new version is served.",
        DefaultListen = PrimaryGitSettings.DefaultListen,
        DefaultHttp = PrimaryGitSettings.DefaultHttp,
        Settings = PrimaryGitSettings.Serve,
        Tools = [CheckCommand.Definition, AccessSettings.UserAdd, KeyGenerateCommand.Definition, SerialResetCommand.Definition, PreReceiveCommand.Definition, MergeZoneCommand.Definition],
        Examples =
        [
            "dns-primary-git serve --example",
            "dns-primary-git serve --listen 192.0.2.1:53 --listen [2001:db8::1]:53 --http 192.0.2.1:443 --tls-certificate ns1.pem --tls-key ns1.key --users users",
        ],
        KernelNetwork = static settings => new() { Threads = settings.Get(NameServerSettings.Threads) },
        Needs = static settings => RemoteNeeds.Of(settings),
        Serve = static async (host, stop) =>
        {
            await using var service = PrimaryGitService.Open(host);
            await service.RunAsync(stop);
        },
    };
}
