using System.Text;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Appliances.Tests.Serving;

public sealed class KeyFileSearchTests
{
    private readonly MemoryObjectStore store = new();
    private int seconds;

    public static TheoryData<string, string, bool> Names => new()
    {
        // why                                  file                      is found
        { "no keys",                            "example.org",            false },
        { "keys of all zones",                  "_keys",                  true },
        { "keys of a zone",                     "example.org._keys",      true },
        { "another case",                       "Example.org._KEYS",      true },
        { "octets written otherwise",           "example.org.%5Fkeys",    true },
        { "a final dot",                        "_keys.",                 true },
        { "keys that pretend to be a zone",     "_keys.zone",             true },
        { "a name that only ends alike",        "example.my_keys",        false },
    };

    [Theory, MemberData(nameof(Names))]
    public void Finds_a_file_of_keys_by_every_name_that_stands_for_one(string why, string file, bool isFound)
    {
        var commit = Commit(Folder(File(file)));
        Assert.True(isFound == KeyFileSearch.Find(store, [commit], []).HasValue, why);
    }

    [Fact]
    public void Finds_it_in_a_folder_of_a_commit_long_ago()
    {
        var first = Commit(Folder(TreeEntry.Create(EntryMode.Directory, "old", Folder(TreeEntry.Create(EntryMode.Directory, "secret", Folder(File("_keys")))))));
        var second = Commit(Folder(File("example.org")), first);
        var third = Commit(Folder(File("example.net")), second);
        Assert.Equal(first, KeyFileSearch.Find(store, [third], []));
    }

    [Fact]
    public void Finds_it_in_a_folder_that_a_ref_names_without_a_commit()
    {
        var folder = Folder(File("_keys"));
        Assert.Equal(folder, KeyFileSearch.Find(store, [folder], []));
    }

    [Fact]
    public void What_is_known_is_not_searched_again()
    {
        var first = Commit(Folder(File("_keys")));
        var second = Commit(Folder(File("example.org")), first);
        Assert.Null(KeyFileSearch.Find(store, [second], [first]));
    }

    [Fact]
    public void Finds_it_behind_tags_and_passes_over_what_known_tags_name()
    {
        var commit = Commit(Folder(File("_keys")));
        var outer = NewTag("tag", NewTag("commit", commit));

        Assert.Equal(commit, KeyFileSearch.Find(store, [outer], []));
        Assert.Null(KeyFileSearch.Find(store, [Commit(Folder(File("example.org")), commit)], [outer]));
    }

    [Fact]
    public void Of_what_is_known_a_merge_has_only_the_commits_since_its_branch_began_read()
    {
        var history = new List<ObjectId> { Commit(Folder(File("zone-0"))) };
        for (var count = 1; count < 100; count++)
            history.Add(Commit(Folder(File($"zone-{count}")), history[^1]));
        var side = Commit(Folder(File("side")), history[97]);
        var counted = new CountedStore(store);

        Assert.Null(KeyFileSearch.Find(counted, [Commit(Folder(File("merged")), history[^1], side)], [history[^1]]));
        Assert.DoesNotContain(history[96], counted.Read);

        var secret = Commit(Folder(File("_keys")), history[97]);
        Assert.Equal(secret, KeyFileSearch.Find(counted, [Commit(Folder(File("merged")), history[^1], secret)], [history[^1]]));
    }

    private TreeEntry File(string name) => TreeEntry.Create(EntryMode.File, name, store.Add(ObjectKind.Blob, "text"u8.ToArray()));

    private ObjectId Folder(TreeEntry entry)
    {
        Assert.True(Tree.TryCreate([entry], out var tree, out var error), error.ToString());
        return store.Add(ObjectKind.Tree, tree.Octets);
    }

    private ObjectId NewTag(string kind, ObjectId target) =>
        store.Add(ObjectKind.Tag, Encoding.ASCII.GetBytes($"object {target}\ntype {kind}\ntag v1\ntagger Ada <ada@example.org> 0 +0000\n\nA tag\n"));

    // Each a second after the one before.
    private ObjectId Commit(ObjectId tree, params ObjectId[] parents)
    {
        Assert.True(Signature.TryCreate("Ada", "ada@example.org", DateTimeOffset.UnixEpoch.AddSeconds(seconds++), out var ada));
        return store.Add(ObjectKind.Commit, Git.Objects.Commit.Create(tree, [.. parents], ada, ada, "A change\n").Octets);
    }

    private sealed class CountedStore(IObjectStore counted) : IObjectStore
    {
        public HashSet<ObjectId> Read { get; } = [];

        public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
        {
            Read.Add(id);
            return counted.TryRead(id, out kind, out content);
        }

        public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) => counted.TryReadHeader(id, out kind, out octets);

        public bool Contains(ObjectId id) => counted.Contains(id);
    }
}
