using System.Collections.Immutable;
using Riad.Dns.Tsig;
using Riad.DnsPrimaryGit.Keys;
using Riad.Git.Objects;
using Riad.Host;
using Riad.Host.Dns;
using Riad.Host.Settings;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Commands;

/// <summary><c>check PATH...</c>: what a push would say of a folder, or of single files in it.</summary>
internal static class CheckCommand
{
    private static readonly Setting<ImmutableArray<string>> Paths = SettingOf.Arguments(
        "PATH", "A folder with zone files at its top level, or zone files, or files of keys.", (ValueReader<string>)ValueOf.Text);

    public static ToolCommand Definition { get; } = new()
    {
        Name = "check",
        Summary = "Checks zones as a push would, and prints every fault with its place; ends with 1 when there is an error.",
        Settings = [Paths, KeyFileSettings.AllowSha1],
        Examples = ["dns-primary-git check .", "dns-primary-git check example.org example.net"],
        Run = static (tool, _) => Task.FromResult(Run(tool)),
    };

    private static int Run(ToolServices tool)
    {
        var (faults, allowSha1) = (0, tool.Settings.Get(KeyFileSettings.AllowSha1));
        foreach (var path in tool.Settings.Get(Paths))
        {
            if (!Directory.Exists(path) && !File.Exists(path))
                throw OperatorException.BadArguments($"{OneLine.Escape(path)} is neither a file nor a folder");
            var (lines, bad) = Directory.Exists(path) ? CheckFolder(new(path), allowSha1) : CheckFile(new(path), allowSha1);
            foreach (var line in lines)
                tool.Output.WriteLine(OneLine.Escape(line));
            faults += bad ? 1 : 0;
        }
        return faults == 0 ? ExitCode.Done : ExitCode.CannotRun;
    }

    private static (IEnumerable<string> Lines, bool Bad) CheckFolder(DirectoryInfo folder, bool allowSha1)
    {
        var snapshot = FolderSnapshot.Read(folder);
        var verdict = Judge(snapshot);
        return (verdict.Lines.Concat(CheckKeys(snapshot, allowSha1)), verdict is PushVerdict.Refused);
    }

    /// <summary>The file is read with the repository around it, because $INCLUDE is relative to its top.</summary>
    private static (IEnumerable<string> Lines, bool Bad) CheckFile(FileInfo file, bool allowSha1)
    {
        var root = FindRoot(file.Directory!);
        var name = Path.GetRelativePath(root.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
        if (name.Contains('/', StringComparison.Ordinal))
            throw OperatorException.BadArguments($"{OneLine.Escape(name)} is not at the top level of {OneLine.Escape(root.FullName)}, and only zones there are served; check the file that includes it");
        var snapshot = FolderSnapshot.Read(root);
        if (ZoneFileName.IsKeyFile(name))
            return (CheckKeys(snapshot, allowSha1).Where(line => line.StartsWith($"warning: {name}:", StringComparison.Ordinal)), false);
        var following = Following.Of(snapshot.Objects, ServedState.Empty, snapshot.Commit, strictSerials: false, Nobody);
        var degraded = following.Next.Degraded.FirstOrDefault(zone => zone.Path == name);
        if (degraded is not null)
            return (degraded.Reasons, true);
        var zone = following.Next.Zones.Values.FirstOrDefault(version => version.Path == name)
            ?? throw OperatorException.BadArguments($"{OneLine.Escape(name)} is not a zone: {Why(following, name)}");
        var apex = zone.Zone.Apex.ToStringWithoutFinalDot();
        return (following.Lines.Where(line => line.StartsWith(apex + ":", StringComparison.OrdinalIgnoreCase) || line.StartsWith(name + ":", StringComparison.Ordinal)), false);
    }

    private static string Why(Following following, string name) =>
        following.Lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 2)..] ?? "it holds no SOA record";

    private static PushVerdict Judge(FolderSnapshot snapshot) =>
        PushCheck.Judge(snapshot.Objects, ServedState.Empty, snapshot.Commit, new(CheckOnly: false, DeleteZones: true, SerialJump: true), strictSerials: false, Nobody);

    private static IEnumerable<string> CheckKeys(FolderSnapshot snapshot, bool allowSha1) =>
        KeyTree.OfCommit(snapshot.Objects, snapshot.Commit, allowSha1).Troubles(TsigKeys.None).Select(trouble => $"warning: {trouble}");

    private static Signature Nobody =>
        Signature.TryCreate("check", "", DateTimeOffset.UnixEpoch, out var nobody) ? nobody : throw new System.Diagnostics.UnreachableException();

    private static DirectoryInfo FindRoot(DirectoryInfo folder)
    {
        for (var above = folder; above is not null; above = above.Parent)
        {
            if (Path.Exists(Path.Combine(above.FullName, ".git")))
                return above;
        }
        return folder;
    }
}
