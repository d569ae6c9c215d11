using System.Collections.Immutable;
using Riad.Host.Dns;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>The options about keys, about who may do what with them, and about who is told of changes.</summary>
internal static class KeySettings
{
    public static readonly Setting<ImmutableArray<NotifyPeerOption>> Notify = SettingOf.Many<NotifyPeerOption>(
        "--notify", "ADDRESS[:PORT][=KEY]", "A secondary that is told of every change, besides the zones' name servers; =KEY signs the message.", (ValueReader<NotifyPeerOption>)NotifyPeerOption.TryRead, []);

    public static ImmutableArray<Setting> All => [.. KeyFileSettings.All, Notify];
}
