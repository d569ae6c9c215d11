using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Riad.Git.Protocol.Client;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>What an operator can set about the remote.</summary>
internal static class RemoteSettings
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(7);

    public static readonly Setting<RemotePlace?> Remote = SettingOf.Optional(
        "--remote", "URL[#BRANCH]", "The Git repository that this server follows and writes to: https, ssh or a path; without BRANCH, the one of --branch.", (ValueReader<RemotePlace>)Place);

    public static readonly Setting<FileInfo?> Credentials = SettingOf.Optional(
        "--remote-credentials", "FILE", "Passwords for the remote, a line https://USER:PASSWORD@HOST each; without it, git's own files and GIT_ASKPASS.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<FileInfo?> Authorities = SettingOf.Optional(
        "--remote-ca", "FILE", "Certificates (PEM) of those who may vouch for the remote's HTTPS server, and nobody else may.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<FileInfo?> KnownHosts = SettingOf.Optional(
        "--remote-known-hosts", "FILE", "Host keys of the remote's ssh server, as ssh-keyscan prints them; without it, ssh's own files.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<FileInfo?> Key = SettingOf.Optional(
        "--remote-key", "FILE", "The private key to log in with by ssh; without it, ssh's own choice.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<TimeSpan> FetchEvery = SettingOf.One(
        "--fetch-every", "DURATION", "How often the remote is looked at without being asked, such as 30s, 5m or 1h.", Duration, TimeSpan.FromMinutes(5), "5m");

    public static readonly Setting<bool> PushLater = SettingOf.Switch(
        "--push-later", "Accepts pushes and updates at once, also while the remote is away, and pushes them there afterwards.");

    public static readonly Setting<FileInfo?> WebhookSecret = SettingOf.Optional(
        "--webhook-secret-file", "FILE", "The secret of webhooks, at least 16 characters; with it, POST /hooks/fetch makes the server look at the remote.", (ValueReader<FileInfo>)ValueOf.File);

    public static ImmutableArray<Setting> All { get; } = [Remote, Credentials, Authorities, KnownHosts, Key, FetchEvery, PushLater, WebhookSecret];

    // What is wrong is said later: here it would be said with what was written, and that may hold a password.
    private static bool Place(string text, [NotNullWhen(true)] out RemotePlace? value, [NotNullWhen(false)] out string? instead)
    {
        instead = null;
        _ = RemoteAddressReader.TryRead(text, out var address, out var branch, out var refusal);
        value = new(address, branch, refusal);
        return true;
    }

    private static bool Duration(string text, out TimeSpan value, [NotNullWhen(false)] out string? instead)
    {
        value = default;
        var second = text.Length > 0 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 } : 0;
        if (second > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            value = TimeSpan.FromSeconds((double)second * count);
        instead = value > TimeSpan.Zero && value <= LongestInterval ? null : "write a number and s, m, h or d, such as 30s or 5m, at most 7d";
        return instead is null;
    }
}

/// <summary>Where the remote is.</summary>
/// <param name="Address">Of the repository; null when what was written cannot be used.</param>
/// <param name="Branch">Of that; null for the served branch's own name.</param>
/// <param name="Refusal">What to write instead; null when there is an address.</param>
internal sealed record RemotePlace(RemoteAddress? Address, string? Branch, string? Refusal);
