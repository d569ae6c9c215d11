using Microsoft.Extensions.Logging;
using Riad.Git.Io;
using Riad.Git.Io.Files;
using Riad.Host;
using Riad.ZoneRepository.Copies;

namespace Riad.DnsSecondary.Keeping;

/// <summary>Opens what earlier runs kept. What is damaged is set aside and transferred anew; what is not ours is not touched.</summary>
internal static class CopyOpening
{
    private const string Format = "dns-secondary 1";
    private const string RepositoryName = "zones.git";
    private const string AsideName = "zones.git.damaged";

    /// <summary>Opens or creates the repository in a folder, whose lock this process holds.</summary>
    /// <exception cref="OperatorException">The folder is another program's, or cannot be written.</exception>
    public static CopyStore Open(string folder, ILogger log, out CopyStore.Contents contents) => Open(folder, log, OpenOrCreate, out contents);

    /// <inheritdoc cref="Open(string, ILogger, out CopyStore.Contents)"/>
    internal static CopyStore Open(string folder, ILogger log, Func<string, Repository> open, out CopyStore.Contents contents)
    {
        try
        {
            CheckFormat(folder);
            return TryOpen(folder, log, open, out contents) ?? TryOpen(folder, log, open, out contents) ?? throw OperatorException.CannotRun($"{Path.Combine(folder, RepositoryName)} cannot be created; give --state another directory");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the state directory {OneLine.Escape(folder)} cannot be used ({OneLine.Escape(refused.Message.TrimEnd('.'))}); give --state another one", refused);
        }
    }

    private static Repository OpenOrCreate(string path) =>
        File.Exists(Path.Combine(path, "HEAD")) ? Repository.TakeOver(path) : Repository.Create(path, CopyFormat.Branch);

    /// <summary>Opens; null once a damaged repository was set aside.</summary>
    private static CopyStore? TryOpen(string folder, ILogger log, Func<string, Repository> open, out CopyStore.Contents contents)
    {
        var path = Path.Combine(folder, RepositoryName);
        contents = new([], []);
        string reason;
        try
        {
            if (CopyStore.TryOpen(open(path), out contents, out var error) is { } store)
            {
                foreach (var (_, what) in contents.Damaged)
                    log.LogError("state damaged, so the zone is transferred anew repository={Repository} reason={Reason}", path, what);
                return store;
            }
            if (error.Fault is CopyFault.OtherFormat)
                throw OperatorException.CannotRun($"{path}: {error}; use the program that wrote it, or give --state another directory");
            reason = error.ToString();
        }
        // A full disk says nothing of what lies on it, and leaves no room for another.
        catch (IOException exception) when (exception is not DiskFullException && Directory.Exists(path))
        {
            reason = exception.Message.TrimEnd('.');
        }
        SetAside(folder, path);
        log.LogError("state damaged, so it is set aside and all zones are transferred anew repository={Repository} aside={Aside} reason={Reason}", path, AsideName, OneLine.Escape(reason));
        return null;
    }

    private static void SetAside(string folder, string path)
    {
        var aside = Path.Combine(folder, AsideName);
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);
        Directory.Move(path, aside);
    }

    // So that the zones of dns-primary-git, or what a later version wrote, are never taken for damaged copies.
    private static void CheckFormat(string folder)
    {
        var found = StateFormat.Find(folder);
        if (found == Format)
            return;
        if (found is not null)
            throw OperatorException.CannotRun($"the state directory {OneLine.Escape(folder)} has the format '{OneLine.Escape(found)}', and this program knows '{Format}'; give --state another one");
        var path = Path.Combine(folder, RepositoryName);
        if (Directory.Exists(path) && !(StateFormat.IsEmpty(folder) && IsOurs(path)))
            throw OperatorException.CannotRun($"the state directory {OneLine.Escape(folder)} holds a {RepositoryName} that is not of dns-secondary; give --state another one");
        StateFormat.Write(folder, Format);
    }

    /// <summary>Where the power left the file empty, the repository tells: it holds copies, or nothing at all yet.</summary>
    private static bool IsOurs(string path)
    {
        if (!File.Exists(Path.Combine(path, "HEAD")))
            return false;
        var repository = Repository.Open(path);
        return repository.TryReadRef(CopyFormat.Ref, out var tip) ? CopyReader.TryList(repository, tip, out _, out _) : repository.ReadRefs().IsEmpty;
    }
}
