using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Riad.ZoneRepository.Serving;
using Xunit;

namespace Riad.Appliances.Tests.Keys;

/// <summary>A repository on disk whose commits become states that are served.</summary>
internal sealed class KeyRepository : IDisposable
{
    private static readonly KeeperOptions Options = new("main", StrictSerials: false, AllowForce: false);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-keys-");
    private readonly ZoneKeeper keeper;
    private ObjectId head;

    public KeyRepository()
    {
        Repository = Repository.Create(Path.Combine(folder.FullName, "zones.git"), "main");
        keeper = new(Repository, Options, TimeProvider.System, NullLogger.Instance, static _ => { });
        keeper.Start();
    }

    public Repository Repository { get; }

    public ServedState State => keeper.State;

    public string PathOf(string file) => Path.Combine(folder.FullName, file);

    public static string Zone(uint serial, string address) =>
        $"@ 3600 SOA ns1 hostmaster {serial} 7200 900 1209600 300\n@ 3600 NS ns1\n@ 3600 NS ns2\nns1 3600 A 192.0.2.1\nns2 3600 A {address}\n";

    /// <summary>Commits these files, and serves them.</summary>
    public async Task CommitAsync(params (string Name, string Text)[] files)
    {
        Assert.True(Signature.TryCreate("Ada", "", DateTimeOffset.UnixEpoch, out var ada));
        var blobs = files.Select(file => (file.Name, Blob: GitObject.Create(ObjectKind.Blob, Encoding.UTF8.GetBytes(file.Text)))).ToList();
        Assert.True(Tree.TryCreate(blobs.Select(file => TreeEntry.Create(EntryMode.File, file.Name, file.Blob.Id)), out var tree, out var error), error.ToString());
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Git.Objects.Commit.Create(root.Id, head.IsZero ? [] : [head], ada, ada, "A change\n").Octets);
        using (Repository.WriteObjects([.. blobs.Select(file => file.Blob), root, commit]))
            Assert.True(Repository.TryUpdateRefs([new RefUpdate("refs/heads/main", head, commit.Id)], out var refused), refused.ToString());
        head = commit.Id;
        await keeper.FollowAsync(default);
        Assert.Empty(keeper.Troubles);
    }

    public void Dispose()
    {
        keeper.Dispose();
        folder.Delete(recursive: true);
    }
}
