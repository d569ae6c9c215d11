using System.Collections.Immutable;
using Riad.Host.Settings;

namespace Riad.Host.Dns;

/// <summary>The options about keys, and about who may do what with them.</summary>
public static class KeyFileSettings
{
    /// <summary>The keys: <see cref="KeyFiles.OpenKeys"/>.</summary>
    public static readonly Setting<FileInfo?> Keys = SettingOf.Optional(
        "--keys", "FILE", "TSIG keys: a NAME:ALGORITHM:SECRET a line, or BIND's key statements. Read again when it changes.", (ValueReader<FileInfo>)ValueOf.File);

    /// <summary>The policy: <see cref="KeyFiles.OpenPolicy"/>.</summary>
    public static readonly Setting<FileInfo?> Policy = SettingOf.Optional(
        "--policy", "FILE", "Who may do what, finer than the names of keys say, such as 'key NAME may transfer every zone'. Read again when it changes.", (ValueReader<FileInfo>)ValueOf.File);

    /// <summary>Whether a key of the weakest algorithm is taken.</summary>
    public static readonly Setting<bool> AllowSha1 = SettingOf.Switch(
        "--allow-sha1", "Takes keys for HMAC-SHA1, for peers that know nothing better.");

    /// <summary>All of them.</summary>
    public static ImmutableArray<Setting> All => [Keys, Policy, AllowSha1];
}
