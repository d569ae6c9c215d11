using System.Text;
using Riad.Git.Io.Files;
using Riad.Git.Io.References;
using Riad.Git.Io.Storage;

namespace Riad.Git.Io.Upkeep;

/// <summary>Removes what would keep a repository from being written to, of processes that are gone: killed, or ended with the machine.</summary>
/// <remarks>
/// For the one process that serves the repository, at its start. Of a machine that was started anew no process is left, so
/// every lock on refs is nobody's, git's own included, and what the power left of the files that named their owners does not
/// matter. Which start of the machine served last stands in the file <c>riad-boot</c>, durable before the first lock is taken.
/// </remarks>
internal static class Takeover
{
    private const string BootFile = "riad-boot";

    /// <summary>Removes it.</summary>
    /// <param name="gitFolder">The repository.</param>
    /// <param name="files">The disk.</param>
    /// <param name="boot">What this start of the machine is called; null when the system does not tell.</param>
    public static void Run(string gitFolder, IFileSystem files, string? boot)
    {
        LockMarker.RemoveAbandoned(gitFolder, files);
        if (boot is null)
            return;
        var path = Path.Combine(gitFolder, BootFile);
        var last = File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        if (string.Equals(last, boot, StringComparison.Ordinal))
            return;
        // Without the file nothing is known: a git may be at work that was there before us.
        if (last is not null)
            RemoveOfEarlierStart(gitFolder, files);
        files.Replace(path, Encoding.UTF8.GetBytes(boot + "\n"));
    }

    /// <summary>What this start of the machine is called: the same in all its containers, another after every restart.</summary>
    /// <remarks>Source: random(4), boot_id. Null on other systems than Linux.</remarks>
    public static string? FindBoot()
    {
        const string kernel = "/proc/sys/kernel/random/boot_id";
        return File.Exists(kernel) ? File.ReadAllText(kernel).Trim() : null;
    }

    private static void RemoveOfEarlierStart(string gitFolder, IFileSystem files)
    {
        foreach (var held in Directory.GetFiles(Path.Combine(gitFolder, "refs"), "*.lock", SearchOption.AllDirectories))
            files.Delete(held);
        foreach (var name in (ReadOnlySpan<string>)["packed-refs.lock", "gc.pid.lock"])
            files.Delete(Path.Combine(gitFolder, name));
        var packs = Path.Combine(gitFolder, "objects", "pack");
        if (!Directory.Exists(packs))
            return;
        foreach (var keep in Directory.GetFiles(packs, "*.keep").Where(keep => File.ReadAllText(keep).StartsWith(PackInstaller.KeepMark, StringComparison.Ordinal)))
            files.Delete(keep);
    }
}
