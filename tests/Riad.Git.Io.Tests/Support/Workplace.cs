using System.Text;
using Riad.Git.Objects;

namespace Riad.Git.Io.Tests.Support;

/// <summary>A folder of its own with a bare repository that Riad made and a clone that real git works in.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace()
    {
        Folder = Directory.CreateTempSubdirectory("riad-git-").FullName;
        Bare = Path.Combine(Folder, "zones.git");
        Clone = Path.Combine(Folder, "clone");
        Repository = Repository.Create(Bare, "main");
        Directory.CreateDirectory(Clone);
        Git = new(Bare);
        CloneGit = new(Clone);
        _ = CloneGit.Run("init", "-q", "-b", "main");
        _ = CloneGit.Run("remote", "add", "origin", Bare);
    }

    public string Folder { get; }

    public string Bare { get; }

    public string Clone { get; }

    public Repository Repository { get; }

    public RealGit Git { get; }

    public RealGit CloneGit { get; }

    public static Signature Ada { get; } = Signature.TryCreate("Ada", "ada@example.org", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), out var ada) ? ada : throw new InvalidOperationException();

    public static ObjectId Id(string text) => ObjectId.TryParse(text.AsSpan().Trim(), out var id) ? id : throw new FormatException(text);

    /// <summary>Writes a file in the clone and commits it.</summary>
    public ObjectId Commit(string path, string content, string message = "change")
    {
        var full = Path.Combine(Clone, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        _ = CloneGit.Run("add", "-A");
        _ = CloneGit.Run("commit", "-q", "-m", message);
        return Id(CloneGit.Run("rev-parse", "HEAD"));
    }

    /// <summary>What a push would send: the objects that <paramref name="tip"/> has and <paramref name="known"/> have not.</summary>
    public byte[] Pack(ObjectId tip, params ObjectId[] known) => CloneGit.Pipe(
        Encoding.ASCII.GetBytes($"{tip}\n{string.Concat(known.Select(id => $"^{id}\n"))}"), "pack-objects", "--revs", "--stdout", "--thin", "--delta-base-offset", "-q");

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A process that was not waited for still writes; the folder lies in the system's temporary place.
        }
    }
}
