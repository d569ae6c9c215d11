using System.Text;
using Riad.Git.Io.Files;
using Riad.Git.Io.References;
using Riad.Git.Io.Storage;

namespace Riad.Git.Io.Upkeep;

/// <summary>Removes what would keep a repository from being written to, of processes that are gone: killed, or ended with the machine.</summary>
/// <remarks>
/// For the one process that serves the repository, at its start. Of the machine before it was started anew no process is left,
/// so every lock on refs that is older than that is nobody's, git's own included, and what the power left of the files that
/// named their owners does not matter. A younger one is somebody's who began before us, such as a push through sshd. Which
/// start of the machine served last stands in the file <c>riad-boot</c>, durable before the first lock is taken.
/// </remarks>
internal static class Takeover
{
    private const string BootFile = "riad-boot";

    /// <summary>Removes it.</summary>
    /// <param name="gitFolder">The repository.</param>
    /// <param name="files">The disk.</param>
    /// <param name="start">This start of the machine; null when the system does not tell.</param>
    public static void Run(string gitFolder, IFileSystem files, MachineStart? start)
    {
        LockMarker.RemoveAbandoned(gitFolder, files);
        if (start is null)
            return;
        var path = Path.Combine(gitFolder, BootFile);
        var last = File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        if (string.Equals(last, start.Name, StringComparison.Ordinal))
            return;
        // Without the file nothing is known: a git may be at work that was there before us.
        if (last is not null)
            RemoveOfEarlierStart(gitFolder, files, start);
        try
        {
            files.Replace(path, Encoding.UTF8.GetBytes(start.Name + "\n"));
        }
        catch (DiskFullException)
        {
            // Written at a later start. What is served does not wait for the disk.
        }
    }

    private static void RemoveOfEarlierStart(string gitFolder, IFileSystem files, MachineStart start)
    {
        foreach (var held in Directory.GetFiles(Path.Combine(gitFolder, "refs"), "*.lock", SearchOption.AllDirectories).Where(start.IsAfter))
            files.Delete(held);
        string[] names = ["packed-refs.lock", "gc.pid.lock"];
        foreach (var held in names.Select(name => Path.Combine(gitFolder, name)).Where(start.IsAfter))
            files.Delete(held);
        var packs = Path.Combine(gitFolder, "objects", "pack");
        if (!Directory.Exists(packs))
            return;
        foreach (var keep in Directory.GetFiles(packs, "*.keep").Where(keep => start.IsAfter(keep) && File.ReadAllText(keep).StartsWith(PackInstaller.KeepMark, StringComparison.Ordinal)))
            files.Delete(keep);
    }
}
