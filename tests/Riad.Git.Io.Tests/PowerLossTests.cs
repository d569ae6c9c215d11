using Riad.Git.Io.Files;
using Riad.Git.Io.References;
using Riad.Git.Io.Tests.Support;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class PowerLossTests
{
    private static readonly string Zone = string.Concat(Enumerable.Range(0, 300).Select(host => $"host{host} A 192.0.2.{host % 250}\n"));

    [Fact]
    public async Task Whenever_the_power_fails_fsck_is_clean_and_what_was_acknowledged_is_there()
    {
        using var place = new Workplace();
        var files = new RecordingFileSystem(place.Bare);
        var repository = Repository.TakeOver(place.Bare, files, new("the start before", DateTime.UtcNow));
        var acknowledged = new List<(int After, string Ref, ObjectId Tip)>();
        ObjectId known = default;
        for (var version = 0; version < 3; version++)
        {
            var tip = place.Commit("example.org", Zone + $"www A 192.0.2.{version}\n");
            using (var quarantine = repository.BeginQuarantine(new(), 1 << 24))
            {
                _ = await quarantine.ReceiveAsync(new MemoryStream(known.IsZero ? place.Pack(tip) : place.Pack(tip, known)), default);
                quarantine.Promote();
                Assert.True(repository.TryUpdateRefs([new("refs/heads/main", known, tip), new($"refs/heads/topic/v{version}", ObjectId.Zero, tip)], out var error), error.Message);
                acknowledged.Add((files.Count, "refs/heads/main", tip));
                acknowledged.Add((files.Count, $"refs/heads/topic/v{version}", tip));
            }
            known = tip;
        }
        var written = Write(repository, known);
        acknowledged.Add((files.Count, "refs/heads/main", written));
        AddUpdateForARemote(repository, files, written, acknowledged);
        Assert.NotEqual(0, new Maintenance(repository, new()).Run(default).Objects);
        CheckEveryMoment(place, files, acknowledged);
    }

    /// <summary>An update that is answered before a remote has it: branch and journal are the queue, and that the remote has it is noted last.</summary>
    private static void AddUpdateForARemote(Repository repository, RecordingFileSystem files, ObjectId tip, List<(int After, string Ref, ObjectId Tip)> acknowledged)
    {
        var (blob, tree, commit) = Objects("update", tip);
        var entry = GitObject.Create(ObjectKind.Commit, Commit.Create(tree.Id, [commit.Id], Workplace.Ada, Workplace.Ada, "served").Octets);
        RefUpdate[] updates = [new("refs/heads/main", tip, commit.Id), new("refs/riad/served", ObjectId.Zero, entry.Id)];
        Assert.True(repository.TryStore(new([blob, tree, commit, entry], []), updates, out var error), error.Message);
        acknowledged.AddRange(updates.Select(update => (files.Count, update.Name, update.New)));
        RefUpdate known = new("refs/riad/remote/branch", ObjectId.Zero, commit.Id);
        Assert.True(repository.TryUpdateRefs([known], out error), error.Message);
        acknowledged.Add((files.Count, known.Name, known.New));
    }

    private static void CheckEveryMoment(Workplace place, RecordingFileSystem files, List<(int After, string Ref, ObjectId Tip)> acknowledged)
    {
        for (var count = 0; count <= files.Count; count++)
        {
            foreach (var namesSurvive in (bool[])[false, true])
            {
                var target = Directory.CreateDirectory(Path.Combine(place.Folder, $"crash-{count}-{namesSurvive}")).FullName;
                files.PlayPowerLoss(count, namesSurvive, target);
                // fsck is slow to start; every third moment shows as much.
                if (count % 3 == 0 || count == files.Count)
                    Assert.Equal((count, namesSurvive, ""), (count, namesSurvive, new RealGit(target).Fsck()));
                // Empty beside a pack it would be somebody's who wants that pack kept.
                Assert.All(Directory.GetFiles(Path.Combine(target, "objects", "pack"), "*.keep").Where(keep => File.Exists(Path.ChangeExtension(keep, ".pack"))),
                    keep => Assert.StartsWith("riad ", File.ReadAllText(keep), StringComparison.Ordinal));
                var repository = Repository.TakeOver(target, DiskFileSystem.Instance, new("the start after", DateTime.UtcNow.AddSeconds(1)));
                foreach (var name in acknowledged.Where(one => one.After <= count).Select(one => one.Ref).Distinct(StringComparer.Ordinal))
                {
                    Assert.True(repository.TryReadRef(name, out var found), $"{count} {namesSurvive} {name}");
                    var acceptable = acknowledged.Where(one => string.Equals(one.Ref, name, StringComparison.Ordinal)).Select(one => one.Tip).ToList();
                    var last = acknowledged.FindLast(one => one.After <= count && string.Equals(one.Ref, name, StringComparison.Ordinal)).Tip;
                    Assert.True(acceptable.IndexOf(found) >= acceptable.IndexOf(last), $"{count} {namesSurvive} {name}");
                    Assert.True(repository.Contains(found));
                }
                CheckWriting(repository, $"{count} {namesSurvive}");
                Directory.Delete(target, recursive: true);
            }
        }
    }

    /// <summary>No lock that is left keeps anybody from writing; a folder or a branch that is there already is no matter.</summary>
    private static void CheckWriting(Repository repository, string moment)
    {
        var blob = GitObject.Create(ObjectKind.Blob, "after\n"u8.ToArray());
        RefUpdate[] updates = [.. ((string[])["refs/heads/main", "refs/heads/topic/v0", "refs/heads/topic/v1", "refs/heads/topic/v2", "refs/riad/served", "refs/riad/remote/branch"])
            .Select(name => new RefUpdate(name, null, blob.Id))];
        Assert.True(repository.TryStore(new([blob], []), updates, out var error), $"{moment} {error}");
    }

    private static (GitObject Blob, GitObject Tree, GitObject Commit) Objects(string content, ObjectId parent)
    {
        var blob = GitObject.Create(ObjectKind.Blob, System.Text.Encoding.ASCII.GetBytes(content));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "own", blob.Id)], out var tree, out _));
        var treeObject = GitObject.Create(ObjectKind.Tree, tree.Octets);
        return (blob, treeObject, GitObject.Create(ObjectKind.Commit, Commit.Create(treeObject.Id, [parent], Workplace.Ada, Workplace.Ada, content).Octets));
    }

    private static ObjectId Write(Repository repository, ObjectId parent)
    {
        var (blob, tree, commit) = Objects("own", parent);
        using var hold = repository.WriteObjects([blob, tree, commit]);
        Assert.True(repository.TryUpdateRefs([new("refs/heads/main", parent, commit.Id)], out var error), error.Message);
        return commit.Id;
    }
}
