using System.Text;
using Riad.Git.Io.References;
using Riad.Git.Io.Tests.Support;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class RepositoryTests
{
    private const string Main = "refs/heads/main";

    [Fact]
    public void A_new_repository_is_one_that_git_takes()
    {
        using var place = new Workplace();
        Assert.Equal("refs/heads/main", place.Git.Run("symbolic-ref", "HEAD"));
        Assert.Equal("true", place.Git.Run("rev-parse", "--is-bare-repository"));
        Assert.Equal("", place.Git.Fsck());
        Assert.Equal(("refs/heads/main", ObjectId.Zero), place.Repository.ReadHead());
        Assert.Empty(place.Repository.ReadRefs());
    }

    [Fact]
    public void What_git_wrote_is_read_loose_packed_and_deltified()
    {
        using var place = new Workplace();
        var zone = string.Concat(Enumerable.Range(0, 500).Select(host => $"host{host} A 192.0.2.{host % 250}\n"));
        for (var version = 0; version < 20; version++)
            _ = place.Commit("example.org", zone + $"www A 198.51.100.{version}\n");
        _ = place.CloneGit.Run("tag", "-a", "v1", "-m", "first");
        _ = place.CloneGit.Run("push", "-q", "origin", "main", "v1");
        CheckEverything(place);

        _ = place.Git.Run("gc", "-q", "--prune=now");
        Assert.Empty(Directory.GetFiles(Path.Combine(place.Bare, "refs"), "*", SearchOption.AllDirectories));
        CheckEverything(place);
        CheckEverything(place, Repository.Open(place.Bare));

        // Deltas by id instead of by distance.
        _ = place.Git.Run("-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a", "-d", "-f");
        CheckEverything(place);
    }

    [Fact]
    public void What_is_written_is_what_git_reads()
    {
        using var place = new Workplace();
        var blob = GitObject.Create(ObjectKind.Blob, Encoding.ASCII.GetBytes("www A 192.0.2.1\n"));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", blob.Id)], out var tree, out _));
        var treeObject = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(treeObject.Id, [], Workplace.Ada, Workplace.Ada, "www moves").Octets);
        using (place.Repository.WriteObjects([blob, treeObject, commit]))
        {
            // Held: git's own collector leaves it although no ref names it.
            _ = place.Git.Run("gc", "-q", "--prune=now");
            Assert.True(place.Repository.TryUpdateRefs([new(Main, ObjectId.Zero, commit.Id)], out var error), error.Message);
        }
        Assert.Equal("", place.Git.Fsck());
        Assert.Equal("www moves", place.Git.Run("log", "--format=%s", "main"));
        Assert.Equal("www A 192.0.2.1", place.Git.Run("show", "main:example.org"));
        Assert.Equal(commit.Id.ToString(), place.Git.Run("rev-parse", "HEAD"));
        _ = place.Git.Run("verify-pack", Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack"), "*.idx").Single());
        _ = place.CloneGit.Run("pull", "-q", "origin", "main");
        Assert.Equal("www A 192.0.2.1\n", File.ReadAllText(Path.Combine(place.Clone, "example.org")));
        Assert.Empty(Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack"), "*.keep"));
        // Nothing new: nothing is written.
        using (place.Repository.WriteObjects([blob, treeObject, commit]))
            _ = Assert.Single(Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack"), "*.pack"));
    }

    [Theory, InlineData(Lying.Loose), InlineData(Lying.Whole), InlineData(Lying.AsDelta)]
    public void A_difference_is_stored_with_its_base_wherever_that_lies(Lying lying)
    {
        using var place = new Workplace();
        var hosts = string.Concat(Enumerable.Range(0, 500).Select(host => $"host{host} A 192.0.2.{host % 250}\n"));
        var tip = place.Commit("example.org", hosts);
        tip = lying is Lying.AsDelta ? place.Commit("example.org", hosts + "one A 192.0.2.1\n" + hosts) : tip;
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        if (lying is not Lying.Loose)
            _ = place.Git.Run("gc", "-q");
        var baseId = Workplace.Id(place.CloneGit.Run("rev-parse", lying is Lying.AsDelta ? "main~:example.org" : "main:example.org"));
        var pieces = new DeltaPieces(hosts.Length);
        pieces.Replace(hosts.Length, hosts.Length, 16);
        var one = Of(hosts + "two A 192.0.2.2\n", baseId, pieces);
        pieces.Replace(0, 0, 2);
        var two = Of(";\n" + hosts + "two A 192.0.2.2\n", baseId, pieces);
        var steps = new DeltaPieces(hosts.Length + 18);
        steps.Replace(0, 2, 0);
        var three = Of(hosts + "two A 192.0.2.2\nthree\n"[..16], two.Id, steps); // as the first: it is there already
        Assert.Equal(one.Id, three.Id);
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", two.Id), TreeEntry.Create(EntryMode.File, "old", one.Id)], out var tree, out _));
        var treeObject = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(treeObject.Id, [tip], Workplace.Ada, Workplace.Ada, "two moves").Octets);
        var objects = new NewObjects([treeObject, commit], [one, two, three]);

        Assert.True(place.Repository.TryStore(objects, [new(Main, tip, commit.Id)], out var error), error.Message);

        Assert.Equal("", place.Git.Fsck());
        Assert.Equal(";\n" + hosts + "two A 192.0.2.2", place.Git.Run("show", "main:example.org"));
        Assert.Equal(hosts + "two A 192.0.2.2", place.Git.Run("show", "main:old"));
        Assert.True(place.Repository.TryRead(two.Id, out var kind, out var content) && kind is ObjectKind.Blob);
        Assert.Equal(";\n" + hosts + "two A 192.0.2.2\n", Encoding.ASCII.GetString(content.Span));
        // Nothing new: nothing is written.
        var packs = Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack"), "*.pack").Length;
        place.Repository.WriteObjects(objects).Dispose();
        Assert.Equal(packs, Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack"), "*.pack").Length);
    }

    [Fact]
    public void A_difference_to_nothing_is_not_stored()
    {
        using var place = new Workplace();
        var nothing = GitObject.Create(ObjectKind.Blob, "never stored\n"u8.ToArray());
        var delta = Of("never stored\n2", nothing.Id, new(13));

        Assert.Throws<RepositoryDamagedException>(() => place.Repository.TryStore(new([], [delta]), [new(Main, ObjectId.Zero, delta.Id)], out _));

        Assert.False(place.Repository.TryReadRef(Main, out _));
        Assert.Empty(Directory.GetFiles(Path.Combine(place.Bare, "refs", "heads")));
    }

    /// <summary>How the base of a difference lies in the repository.</summary>
    public enum Lying
    {
        Loose,
        Whole,
        AsDelta,
    }

    private static ObjectDelta Of(string text, ObjectId baseId, DeltaPieces pieces)
    {
        var octets = Encoding.ASCII.GetBytes(text);
        return new(ObjectHash.Compute(ObjectKind.Blob, octets), baseId, pieces.ToDelta(octets));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void What_exists_already_is_made_recent_so_that_gits_collector_leaves_it(bool isPacked)
    {
        using var place = new Workplace();
        var (reused, forgotten) = (Old(place, "reused\n", isPacked), Old(place, "forgotten\n", isPacked));

        using (place.Repository.WriteObjects([GitObject.Create(ObjectKind.Blob, "reused\n"u8.ToArray())]))
        {
            _ = place.Git.Run("repack", "-q", "-A", "-d", "--unpack-unreachable=1.day.ago");
            _ = place.Git.Run("prune", "--expire=1.day.ago");
        }

        Assert.Equal("reused", place.Git.Run("cat-file", "blob", reused));
        Assert.NotEqual(0, place.Git.TryRun("cat-file", "-e", forgotten).Code);
    }

    /// <summary>An object that no ref names and nobody has touched for three days, loose or in a pack of its own.</summary>
    private static string Old(Workplace place, string content, bool isPacked)
    {
        var id = Encoding.ASCII.GetString(place.Git.Pipe(Encoding.ASCII.GetBytes(content), "hash-object", "-w", "--stdin")).Trim();
        var path = Path.Combine(place.Bare, "objects", id[..2], id[2..]);
        if (isPacked)
        {
            var stem = Path.Combine(place.Bare, "objects", "pack", "pack");
            var pack = Encoding.ASCII.GetString(place.Git.Pipe(Encoding.ASCII.GetBytes(id + "\n"), "pack-objects", "-q", stem)).Trim();
            File.Delete(path);
            path = $"{stem}-{pack}.pack";
        }
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-3));
        return id;
    }

    [Theory]
    [InlineData("[core]\n\trepositoryformatversion = 2\n", "format version is 2")]
    [InlineData("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256\n", "sha256")]
    [InlineData("[core]\nrepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n", "reftable")]
    [InlineData("[extensions]\npartialClone = origin\n", "partial clone")]
    [InlineData("[core]\nrepositoryformatversion = 1\n[extensions]\nshiny = true\n", "shiny")]
    [InlineData("[core] bare = false\n", "work tree")]
    public void A_repository_of_another_kind_is_refused_by_name(string configuration, string reason)
    {
        using var place = new Workplace();
        File.WriteAllText(Path.Combine(place.Bare, "config"), configuration);
        Assert.Contains(reason, Assert.Throws<RepositoryRefusedException>(() => Repository.Open(place.Bare)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_bare_repository_is_refused()
    {
        using var place = new Workplace();
        Assert.Contains("work tree", Assert.Throws<RepositoryRefusedException>(() => Repository.Open(place.Clone)).Message, StringComparison.Ordinal);
        Assert.Contains("not a git", Assert.Throws<RepositoryRefusedException>(() => Repository.Open(place.Folder)).Message, StringComparison.Ordinal);
        Assert.Contains("not empty", Assert.Throws<RepositoryRefusedException>(() => Repository.Create(place.Clone, "main")).Message, StringComparison.Ordinal);
        Assert.Contains("named", Assert.Throws<RepositoryRefusedException>(() => Repository.Create(Path.Combine(place.Folder, "x"), "a..b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_of_an_alternate_are_found()
    {
        using var place = new Workplace();
        var tip = place.Commit("a", "1");
        File.WriteAllText(Path.Combine(place.Bare, "objects", "info", "alternates"), Path.Combine(place.Clone, ".git", "objects") + "\n");
        Assert.True(Repository.Open(place.Bare).Contains(tip));
        Assert.False(place.Repository.Contains(tip));
    }

    private static void CheckEverything(Workplace place, Repository? other = null)
    {
        var repository = other ?? place.Repository;
        var lines = place.Git.Run("cat-file", "--batch-check", "--batch-all-objects").Split('\n');
        Assert.True(lines.Length > 60);
        foreach (var line in lines)
        {
            var parts = line.Split(' ');
            var id = Workplace.Id(parts[0]);
            Assert.True(repository.TryRead(id, out var kind, out var content), line);
            Assert.Equal(id, ObjectHash.Compute(kind, content.Span));
            Assert.True(repository.TryReadHeader(id, out var headerKind, out var octets));
            Assert.Equal((kind, content.Length), (headerKind, octets));
            Assert.True(repository.Contains(id));
        }
        var refs = place.Git.Run("for-each-ref", "--format=%(objectname) %(refname)");
        Assert.Equal(refs, string.Join('\n', repository.ReadRefs().Select(found => $"{found.Id} {found.Name}")));
        Assert.False(repository.Contains(Workplace.Id("1111111111111111111111111111111111111111")));
    }
}
