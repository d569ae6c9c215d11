using Microsoft.Extensions.Logging.Abstractions;
using Riad.Dns.Names;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Riad.ZoneRepository.Journals;
using Xunit;

namespace Riad.Appliances.Tests.Serving;

/// <summary>What becomes of what is served when others work on the repository.</summary>
public sealed class ZoneKeeperTests : IDisposable
{
    private static readonly KeeperOptions Options = new("main", StrictSerials: false, AllowForce: false);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-keeper-");
    private readonly Repository repository;
    private ObjectId head;

    public ZoneKeeperTests() => repository = Repository.Create(Path.Combine(folder.FullName, "zones.git"), "main");

    [Fact]
    public async Task Journal_that_went_on_is_taken_up_and_the_next_change_follows_it()
    {
        Commit(("example.org", Zone(1, "192.0.2.1")));
        using var keeper = Start();
        using (var other = Start())
        {
            Commit(("example.org", Zone(1, "192.0.2.2")));
            await other.FollowAsync(default);
            Assert.Equal(2u, SerialOf(other));
        }

        await keeper.FollowAsync(default);
        Assert.Equal(2u, SerialOf(keeper));
        Commit(("example.org", Zone(1, "192.0.2.3")));
        await keeper.FollowAsync(default);

        Assert.Equal(3u, SerialOf(keeper));
        Assert.Empty(keeper.Troubles);
    }

    [Fact]
    public async Task Journal_that_was_removed_is_named_and_no_serial_goes_back()
    {
        Commit(("example.org", Zone(1, "192.0.2.1")));
        using var keeper = Start();
        Commit(("example.org", Zone(1, "192.0.2.2")));
        await keeper.FollowAsync(default);
        var tip = keeper.State.Journal.Tip;
        Assert.True(repository.TryUpdateRefs([new RefUpdate(JournalFormat.Ref, tip, ObjectId.Zero)], out _));

        await keeper.FollowAsync(default);
        Assert.Contains("changed by other hands", Assert.Single(keeper.Troubles), StringComparison.Ordinal);
        Assert.Equal(2u, SerialOf(keeper));

        Assert.True(repository.TryUpdateRefs([new RefUpdate(JournalFormat.Ref, ObjectId.Zero, tip)], out _));
        await keeper.FollowAsync(default);
        Assert.Empty(keeper.Troubles);
        Assert.Equal(2u, SerialOf(keeper));
    }

    [Fact]
    public void Branch_with_a_past_and_no_journal_is_named_until_the_next_start()
    {
        Commit(("example.org", Zone(1, "192.0.2.1")));
        Commit(("example.org", Zone(1, "192.0.2.2")));
        using (var keeper = Start())
        {
            Assert.Contains("refs/riad/served was missing at the start", Assert.Single(keeper.Troubles), StringComparison.Ordinal);
            Assert.Equal(1u, SerialOf(keeper));
        }
        using var again = Start();
        Assert.Empty(again.Troubles);
    }

    [Fact]
    public async Task Repository_that_cannot_be_read_for_a_while_ends_nothing()
    {
        Commit(("example.org", Zone(1, "192.0.2.1")));
        using var keeper = Start();
        Commit(("example.org", Zone(1, "192.0.2.2")));
        var objects = Path.Combine(repository.Path, "objects");
        Directory.Move(objects, objects + ".away");
        await keeper.FollowAsync(default);
        Assert.NotEmpty(keeper.Troubles);
        Assert.Equal(1u, SerialOf(keeper));

        Directory.Move(objects + ".away", objects);
        await keeper.FollowAsync(default);
        Assert.Empty(keeper.Troubles);
        Assert.Equal(2u, SerialOf(keeper));
    }

    [Fact]
    public void Two_files_for_one_zone_are_one_zone_that_was_never_good()
    {
        Commit(("example.org", Zone(1, "192.0.2.1")), ("Example.org.zone", Zone(1, "192.0.2.1")));
        using var keeper = Start();

        Assert.Equal("example.org.", Assert.Single(keeper.State.NeverGood).ToString(), ignoreCase: true);
        Assert.Equal(2, keeper.Troubles.Length);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Zone(uint serial, string address) => $"@ 3600 SOA ns1 hostmaster {serial} 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A {address}\n";

    private static uint SerialOf(ZoneKeeper keeper)
    {
        Assert.True(DomainName.TryParseAbsolute("example.org", out var apex));
        return keeper.State.Zones[apex].Serials.Served.Value;
    }

    private ZoneKeeper Start()
    {
        var keeper = new ZoneKeeper(Repository.Open(repository.Path), Options, TimeProvider.System, NullLogger.Instance, static _ => { });
        keeper.Start();
        return keeper;
    }

    private void Commit(params (string Name, string Text)[] files)
    {
        Assert.True(Signature.TryCreate("Ada", "", DateTimeOffset.UnixEpoch, out var ada));
        var blobs = files.Select(file => (file.Name, Blob: GitObject.Create(ObjectKind.Blob, System.Text.Encoding.UTF8.GetBytes(file.Text)))).ToList();
        Assert.True(Tree.TryCreate(blobs.Select(file => TreeEntry.Create(EntryMode.File, file.Name, file.Blob.Id)), out var tree, out var error), error.ToString());
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Git.Objects.Commit.Create(root.Id, head.IsZero ? [] : [head], ada, ada, "A change\n").Octets);
        using var hold = repository.WriteObjects([.. blobs.Select(file => file.Blob), root, commit]);
        Assert.True(repository.TryUpdateRefs([new RefUpdate("refs/heads/main", head, commit.Id)], out var refused), refused.ToString());
        head = commit.Id;
    }
}
