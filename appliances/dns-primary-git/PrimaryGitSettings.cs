using System.Collections.Immutable;
using Riad.Core;
using Riad.DnsPrimaryGit.Access;
using Riad.DnsPrimaryGit.Keys;
using Riad.DnsPrimaryGit.Remotes;
using Riad.DnsPrimaryGit.Serving.Transfers;
using Riad.Host.Dns;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit;

/// <summary>What an operator can set, besides what every appliance has.</summary>
internal static class PrimaryGitSettings
{
    /// <summary>Where the example answers when nothing is set: loopback, above 1024.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultListen = [NameServerSettings.Loopback(5300)];

    /// <summary>Where git and browsers go when nothing is set.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultHttp = [NameServerSettings.Loopback(8300)];

    public static readonly Setting<DirectoryInfo?> Repository = SettingOf.Optional(
        "--repository", "DIR", "The bare Git repository that is served and pushed to; created when missing. Without it: zones.git in the state directory.", (ValueReader<DirectoryInfo>)ValueOf.Folder);

    public static readonly Setting<string> Branch = SettingOf.One(
        "--branch", "NAME", "The branch that is served; others are stored only.", ValueOf.Text, "main");

    public static readonly Setting<bool> StrictSerials = SettingOf.One(
        "--serial", "RULE", "When a push changes a zone and not its serial: 'next' serves the next serial, 'strict' refuses the push.",
        ValueOf.Choice(("next", false), ("strict", true)), fallback: false, "next");

    public static readonly Setting<bool> AllowForce = SettingOf.Switch(
        "--allow-force", "Lets a push rewrite or delete the served branch; the push says which served changes are lost.");

    public static readonly Setting<bool> Example = SettingOf.Switch(
        "--example", "Puts the zone example.org into a new repository; one with a branch in it is left as it is.");

    public static readonly Setting<int> MaxPushMebibytes = SettingOf.One(
        "--max-push", "MIB", "The largest pack that a push may send.", ValueOf.Count(1, 2047), 512);

    public static ImmutableArray<Setting> Serve { get; } =
    [
        Repository, Branch, StrictSerials, AllowForce, Example, .. AccessSettings.All, .. KeySettings.All, .. NameServerSettings.All,
        MaxPushMebibytes, .. RemoteSettings.All, .. TransferSettings.All,
    ];
}
