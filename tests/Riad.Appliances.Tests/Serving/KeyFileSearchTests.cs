using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Appliances.Tests.Serving;

public sealed class KeyFileSearchTests
{
    private readonly MemoryObjectStore store = new();

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

    private TreeEntry File(string name) => TreeEntry.Create(EntryMode.File, name, store.Add(ObjectKind.Blob, "text"u8.ToArray()));

    private ObjectId Folder(TreeEntry entry)
    {
        Assert.True(Tree.TryCreate([entry], out var tree, out var error), error.ToString());
        return store.Add(ObjectKind.Tree, tree.Octets);
    }

    private ObjectId Commit(ObjectId tree, params ObjectId[] parents)
    {
        Assert.True(Signature.TryCreate("Ada", "ada@example.org", DateTimeOffset.UnixEpoch, out var ada));
        return store.Add(ObjectKind.Commit, Git.Objects.Commit.Create(tree, [.. parents], ada, ada, "A change\n").Octets);
    }
}
