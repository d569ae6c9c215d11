using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Tests.Objects;

public sealed class TreeTests
{
    private static readonly ObjectId Some = ObjectHash.Compute(ObjectKind.Blob, "x"u8);

    public static TheoryData<string, string, ObjectFault> Faults => new()
    {
        // why                                      entries ("mode name", one per line)     fault
        { "good",                                   "100644 a\n40000 b\n100755 c\n120000 d\n160000 e", ObjectFault.None },
        { "a folder sorts as if it ended in /",     "100644 a.b\n40000 a",                  ObjectFault.None },
        { "a folder before its longer sibling",     "40000 a\n100644 a.b",                  ObjectFault.TreeNotSorted },
        { "not in order",                           "100644 b\n100644 a",                   ObjectFault.TreeNotSorted },
        { "same name twice",                        "100644 a\n100644 a",                   ObjectFault.DuplicateEntries },
        { "file and folder of one name",            "100644 a\n40000 a",                    ObjectFault.DuplicateEntries },
        { "file and folder of one name, apart",     "100644 a\n100644 a.b\n40000 a",        ObjectFault.DuplicateEntries },
        { "zero-padded mode",                       "040000 a",                             ObjectFault.ZeroPaddedFilemode },
        { "unknown mode",                           "100600 a",                             ObjectFault.BadFilemode },
        { "no name",                                "100644 ",                              ObjectFault.EmptyName },
        { "a path",                                 "100644 a/b",                           ObjectFault.FullPathname },
        { "dot",                                    "40000 .",                              ObjectFault.HasDot },
        { "dot dot",                                "40000 ..",                             ObjectFault.HasDotdot },
        { "three dots are a name",                  "40000 ...",                            ObjectFault.None },
        { ".git",                                   "40000 .git",                           ObjectFault.HasDotgit },
        { ".git in upper case (NTFS, HFS)",         "40000 .GIT",                           ObjectFault.HasDotgit },
        { ".git with a trailing space (NTFS)",      "40000 .git ",                          ObjectFault.HasDotgit },
        { ".git with trailing dots (NTFS)",         "40000 .git . .",                       ObjectFault.HasDotgit },
        { ".git stream (NTFS)",                     "40000 .git::$INDEX_ALLOCATION",        ObjectFault.HasDotgit },
        { "short name (NTFS)",                      "40000 GIT~1",                          ObjectFault.HasDotgit },
        { "behind a backslash (NTFS)",              "40000 a\\.git\\b",                     ObjectFault.HasDotgit },
        { "zero-width joiner (HFS)",                "40000 .g\u200cit",                     ObjectFault.HasDotgit },
        { "byte order mark (HFS)",                  "40000 \ufeff.git",                     ObjectFault.HasDotgit },
        { ".gitignore is a name",                   "100644 .gitignore",                    ObjectFault.None },
        { ".github is a name",                      "40000 .github",                        ObjectFault.None },
        { ".gitmodules as a file",                  "100644 .gitmodules",                   ObjectFault.None },
        { ".gitmodules as a link",                  "120000 .gitmodules",                   ObjectFault.GitmodulesSymlink },
        { ".gitmodules as a link, short name",      "120000 GITMOD~1",                      ObjectFault.GitmodulesSymlink },
    };

    [Theory, MemberData(nameof(Faults))]
    public void The_check_names_the_fault(string why, string entries, ObjectFault fault)
    {
        Assert.Equal(fault is ObjectFault.None, ObjectCheck.TryCheck(ObjectKind.Tree, Raw(entries, Some), out var error));
        Assert.True(error.Fault == fault, $"{why}: {error}");
    }

    [Fact]
    public void A_name_longer_than_git_allows_is_refused()
    {
        _ = ObjectCheck.TryCheck(ObjectKind.Tree, Raw("100644 " + new string('a', 4097), Some), out var error);
        Assert.Equal(ObjectFault.LargePathname, error.Fault);
    }

    [Fact]
    public void The_zero_id_is_refused()
    {
        _ = ObjectCheck.TryCheck(ObjectKind.Tree, Raw("100644 a", ObjectId.Zero), out var error);
        Assert.Equal(new(ObjectFault.NullSha1, 0), error);
    }

    [Theory]
    [InlineData("", "100644")]
    [InlineData("", "100644 a")]
    [InlineData("", "x a\0")]
    [InlineData("", "100644 a\0short")]
    [InlineData("", "77777777777 a\0aaaaaaaaaaaaaaaaaaaa")]
    public void A_cut_tree_is_bad(string _, string octets) =>
        Assert.False(Tree.TryParse(Encoding.ASCII.GetBytes(octets), out var _, out var _));

    [Fact]
    public void A_tree_that_is_made_is_in_order_and_reads_back()
    {
        TreeEntry[] entries = [TreeEntry.Create(EntryMode.Directory, "a", Some), TreeEntry.Create(EntryMode.File, "a.b", Some), TreeEntry.Create(EntryMode.File, "Z", Some)];
        Assert.True(Tree.TryCreate(entries, out var tree, out var error), error.ToString());
        Assert.Equal("Z a.b a", string.Join(" ", tree.Entries.Select(entry => entry.Name)));
        Assert.Equal(Raw("100644 Z\n100644 a.b\n40000 a", Some), tree.Octets.ToArray());
        Assert.True(Tree.TryParse(tree.Octets, out var read, out _));
        Assert.Equal(tree.Entries.AsEnumerable(), read.Entries);
        Assert.True(read.Find("a")!.IsDirectory);
        Assert.Null(read.Find("b"));
    }

    [Fact]
    public void A_tree_with_a_forbidden_name_cannot_be_made() =>
        Assert.False(Tree.TryCreate([TreeEntry.Create(EntryMode.Directory, "..", Some)], out _, out _));

    [Fact]
    public void Reading_never_throws_and_keeps_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        byte[] framed = [.. "100644 "u8, .. octets, 0, .. new byte[20]];
        return (!Tree.TryParse(octets, out var plain, out _) || plain.Octets.Span.SequenceEqual(octets))
            && (!Tree.TryParse(framed, out var tree, out _) || tree.Octets.Span.SequenceEqual(framed));
    }).QuickCheckThrowOnFailure();

    private static byte[] Raw(string entries, ObjectId id)
    {
        var octets = new List<byte>();
        var suffix = new byte[ObjectId.OctetCount];
        id.WriteTo(suffix);
        foreach (var entry in entries.Split('\n'))
            octets.AddRange([.. Encoding.UTF8.GetBytes(entry), 0, .. suffix]);
        return [.. octets];
    }
}
