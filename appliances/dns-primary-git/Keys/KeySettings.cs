using System.Collections.Immutable;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>The options about keys, about who may do what with them, and about who is told of changes.</summary>
internal static class KeySettings
{
    public static readonly Setting<FileInfo?> Keys = SettingOf.Optional(
        "--keys", "FILE", "TSIG keys: a NAME:ALGORITHM:SECRET a line, or BIND's key statements; 'key generate' makes one. Read again when it changes.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<FileInfo?> Policy = SettingOf.Optional(
        "--policy", "FILE", "Who may do what, finer than the names of keys say: 'key NAME may update name host.example.org types A AAAA'. Read again when it changes.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<ImmutableArray<NotifyPeerOption>> Notify = SettingOf.Many<NotifyPeerOption>(
        "--notify", "ADDRESS[:PORT][=KEY]", "A secondary that is told of every change, besides the zones' name servers; =KEY signs the message.", (ValueReader<NotifyPeerOption>)NotifyPeerOption.TryRead, []);

    public static readonly Setting<bool> AllowSha1 = SettingOf.Switch(
        "--allow-sha1", "Takes keys for HMAC-SHA1, for peers that know nothing better.");

    public static ImmutableArray<Setting> All => [Keys, Policy, Notify, AllowSha1];
}
