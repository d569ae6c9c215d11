using System.Collections.Immutable;
using Riad.Core;
using Riad.Host;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>The options that decide who may do what, and the command that adds a user.</summary>
internal static class AccessSettings
{
    /// <summary><c>--users FILE</c> of serve.</summary>
    public static readonly Setting<FileInfo?> Users = SettingOf.Optional(
        "--users", "FILE", "Who may push, and read: a file written by 'user add'. Read again when it changes.", (ValueReader<FileInfo>)ValueOf.File);

    /// <summary><c>--public-read</c>.</summary>
    public static readonly Setting<bool> PublicRead = SettingOf.Switch(
        "--public-read", "Everybody may fetch and look at zones, their history and differences.");

    /// <summary><c>--behind-proxy ADDRESS</c>.</summary>
    public static readonly Setting<ImmutableArray<IpAddress>> BehindProxy = SettingOf.Many<IpAddress>(
        "--behind-proxy", "ADDRESS", "A proxy whose X-Forwarded-For and X-Forwarded-Proto are believed.", ValueOf.Address, []);

    private static readonly Setting<FileInfo> UsersToWrite = SettingOf.Required("--users", "FILE", "The users file; created when missing.", (ValueReader<FileInfo>)ValueOf.File);
    private static readonly Setting<UserName> Name = SettingOf.Argument("NAME", "Who: letters, digits and any of . _ - @", (ValueReader<UserName>)UserName.TryRead);

    /// <summary>All of serve.</summary>
    public static ImmutableArray<Setting> All => [Users, PublicRead, BehindProxy];

    /// <summary><c>user add NAME</c>.</summary>
    public static ToolCommand UserAdd { get; } = new()
    {
        Name = "user add",
        Summary = "Adds a user, or gives one another password. Asks for the password, or reads it as one line of standard input.",
        Settings = [UsersToWrite, Name],
        Examples = ["dns-primary-git user add ada --users /etc/dns-primary-git/users", "pass show dns/ada | dns-primary-git user add ada --users FILE"],
        Run = (tool, _) => Task.FromResult(Add(tool)),
    };

    private static int Add(ToolServices tool)
    {
        var (file, name) = (tool.Settings.Get(UsersToWrite), tool.Settings.Get(Name));
        var table = File.Exists(file.FullName) ? UsersFile.Read(file) : UserTable.Empty;
        var password = tool.ReadSecret($"Password for {name}");
        Span<byte> salt = stackalloc byte[PasswordHash.SaltOctets];
        tool.Random.Fill(salt);
        var isNew = !table.TryFind(name.Text, out _);
        UsersFile.Write(file, table.With(name, PasswordHash.Create(password, salt)));
        tool.Output.WriteLine(isNew ? $"{name} is added to {OneLine.Escape(file.ToString())}" : $"{name} has another password in {OneLine.Escape(file.ToString())}");
        return ExitCode.Done;
    }
}
