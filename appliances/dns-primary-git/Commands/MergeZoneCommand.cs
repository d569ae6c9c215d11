using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using Riad.Host;
using Riad.Host.Settings;
using Riad.ZoneRepository.Merge;

namespace Riad.DnsPrimaryGit.Commands;

/// <summary><c>merge-zone</c>: git's merge driver for zone files, so that appends by updates and by people do not conflict.</summary>
/// <remarks>Source: gitattributes(5), "Defining a custom merge driver": the result goes into the file of our version; exit 1 means conflicts.</remarks>
internal static class MergeZoneCommand
{
    /// <summary>What installs the driver in a clone.</summary>
    public const string Installation = "git config merge.zone.driver 'dns-primary-git merge-zone %O %A %B %P' && git config merge.default zone";

    private const int MostConflicts = 127; // git merge-file's exit code is their number; from 128 on it failed

    private static readonly Setting<ImmutableArray<string>> Files = SettingOf.Arguments(
        "FILE", "The common ancestor (%O), our version (%A), their version (%B), and the path in the repository (%P).", (ValueReader<string>)ValueOf.Text);

    public static ToolCommand Definition { get; } = new()
    {
        Name = "merge-zone",
        Summary = "Merges two versions of a zone file by records; git runs it as a merge driver. Other files are merged as git does.",
        Settings = [Files],
        Examples = [Installation],
        Run = static (tool, stop) => RunAsync(tool, stop),
    };

    private static async Task<int> RunAsync(ToolServices tool, CancellationToken stop)
    {
        if (tool.Settings.Get(Files) is not [var ancestor, var ours, var theirs, var path])
            throw OperatorException.BadArguments($"merge-zone needs four files; git gives them: {Installation}");
        try
        {
            var (lines, exit) = await MergeLinesAsync(ancestor, ours, theirs, stop);
            var result = ZoneMerge.Merge(
                path, await File.ReadAllBytesAsync(ancestor, stop), await File.ReadAllBytesAsync(ours, stop), await File.ReadAllBytesAsync(theirs, stop), exit == 0 ? lines : null);
            await File.WriteAllBytesAsync(ours, TextOf(result, lines), stop);
            if (result is MergeResult.Conflicting conflicting)
                await tool.Error.WriteLineAsync($"{OneLine.Escape(path)}: {conflicting.Sets} sets of records changed on both sides; decide at the end of the file");
            return result is MergeResult.Conflicting || (result is MergeResult.NotByRecords && exit != 0) ? ExitCode.CannotRun : ExitCode.Done;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw OperatorException.CannotRun($"the versions of {OneLine.Escape(path)} cannot be merged ({OneLine.Escape(refused.Message.TrimEnd('.'))})", refused);
        }
    }

    private static byte[] TextOf(MergeResult result, byte[] lines) => result switch
    {
        MergeResult.Merged merged => merged.Text,
        MergeResult.Conflicting conflicting => conflicting.Text,
        MergeResult.NotByRecords => lines,
        _ => throw new UnreachableException(),
    };

    /// <summary>What git makes of the lines, with marks where it has conflicts.</summary>
    private static async Task<(byte[] Lines, int Exit)> MergeLinesAsync(string ancestor, string ours, string theirs, CancellationToken stop)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", ours, ancestor, theirs]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var lines = new MemoryStream();
        await git.StandardOutput.BaseStream.CopyToAsync(lines, stop);
        await git.WaitForExitAsync(stop);
        if (git.ExitCode is < 0 or > MostConflicts)
            throw new IOException($"git merge-file ended with {git.ExitCode}"); // binary files, for one
        return (lines.ToArray(), git.ExitCode);
    }
}
