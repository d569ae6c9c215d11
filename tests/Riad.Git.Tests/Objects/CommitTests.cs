using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Tests.Objects;

public sealed class CommitTests
{
    private const string TreeLine = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
    private const string Parent = "parent e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\n";
    private const string Ada = "Ada <ada@example.org> 1700000000 +0100\n";

    public static TheoryData<string, string, ObjectFault> Faults => new()
    {
        // why                                      content                                                                          fault
        { "empty",                                  "",                                                                              ObjectFault.UnterminatedHeader },
        { "no line end",                            "tree",                                                                          ObjectFault.UnterminatedHeader },
        { "no tree",                                Parent + "author " + Ada + "committer " + Ada + "\nx",                           ObjectFault.MissingTree },
        { "tree id too short",                      "tree 4b825d\nauthor " + Ada + "committer " + Ada + "\nx",                       ObjectFault.BadTreeSha1 },
        { "tree id in upper case",                  TreeLine.ToUpperInvariant().Replace("TREE", "tree", StringComparison.Ordinal) + "author " + Ada + "\n", ObjectFault.BadTreeSha1 },
        { "parent id is no id",                     TreeLine + "parent x\nauthor " + Ada + "committer " + Ada + "\nx",               ObjectFault.BadParentSha1 },
        { "no author",                              TreeLine + "committer " + Ada + "\nx",                                           ObjectFault.MissingAuthor },
        { "two authors",                            TreeLine + "author " + Ada + "author " + Ada + "committer " + Ada + "\nx",       ObjectFault.MultipleAuthors },
        { "no committer",                           TreeLine + "author " + Ada + "\nx",                                              ObjectFault.MissingCommitter },
        { "zero in the header",                     TreeLine + "author A\0a <a> 1 +0000\ncommitter " + Ada + "\nx",                  ObjectFault.NulInHeader },
        { "zero in the message",                    TreeLine + "author " + Ada + "committer " + Ada + "\nx\0",                       ObjectFault.NulInCommit },
        { "no name",                                TreeLine + "author <a@b> 1 +0000\ncommitter " + Ada + "\nx",                     ObjectFault.MissingNameBeforeEmail },
        { "name with >",                            TreeLine + "author A> <a@b> 1 +0000\ncommitter " + Ada + "\nx",                  ObjectFault.BadName },
        { "no e-mail",                              TreeLine + "author Ada 1 +0000\ncommitter " + Ada + "\nx",                       ObjectFault.MissingEmail },
        { "no space before the e-mail",             TreeLine + "author Ada<a@b> 1 +0000\ncommitter " + Ada + "\nx",                  ObjectFault.MissingSpaceBeforeEmail },
        { "e-mail not closed",                      TreeLine + "author Ada <a@b 1 +0000\ncommitter " + Ada + "\nx",                  ObjectFault.BadEmail },
        { "e-mail opened twice",                    TreeLine + "author Ada <a<b> 1 +0000\ncommitter " + Ada + "\nx",                 ObjectFault.BadEmail },
        { "no date",                                TreeLine + "author Ada <a@b>\ncommitter " + Ada + "\nx",                         ObjectFault.MissingSpaceBeforeDate },
        { "date with a leading zero",               TreeLine + "author Ada <a@b> 01 +0000\ncommitter " + Ada + "\nx",                ObjectFault.ZeroPaddedDate },
        { "date is a word",                         TreeLine + "author Ada <a@b> today +0000\ncommitter " + Ada + "\nx",             ObjectFault.BadDate },
        { "date beyond 64 bits",                    TreeLine + "author Ada <a@b> 99999999999999999999 +0000\ncommitter " + Ada + "\nx", ObjectFault.BadDateOverflow },
        { "zone of three digits",                   TreeLine + "author Ada <a@b> 1 +000\ncommitter " + Ada + "\nx",                  ObjectFault.BadTimezone },
        { "zone without sign",                      TreeLine + "author Ada <a@b> 1 00000\ncommitter " + Ada + "\nx",                 ObjectFault.BadTimezone },
        { "good",                                   TreeLine + Parent + Parent + "author " + Ada + "committer " + Ada + "\nx",       ObjectFault.None },
        { "good without message",                   TreeLine + "author " + Ada + "committer " + Ada,                                 ObjectFault.None },
        { "good with a signature",                  TreeLine + "author " + Ada + "committer " + Ada + "gpgsig -----\n a\n \n b\n\nx", ObjectFault.None },
        { "the epoch",                              TreeLine + "author Ada <> 0 -0000\ncommitter " + Ada + "\nx",                    ObjectFault.None },
    };

    [Theory, MemberData(nameof(Faults))]
    public void The_check_names_the_fault(string why, string content, ObjectFault fault)
    {
        Assert.Equal(fault is ObjectFault.None, ObjectCheck.TryCheck(ObjectKind.Commit, Encoding.Latin1.GetBytes(content), out var error));
        Assert.True(error.Fault == fault, $"{why}: {error}");
    }

    [Fact]
    public void A_commit_is_read_field_by_field()
    {
        var content = Encoding.UTF8.GetBytes(TreeLine + Parent + "author Ada Lovelace <ada@example.org> 1700000000 +0130\ncommitter B <> 5 -0700\nencoding UTF-8\n\nwww moves\n\nreason\n");
        Assert.True(Commit.TryParse(content, out var commit, out var error), error.ToString());
        Assert.Equal("4b825dc642cb6eb9a060e54bf8d69288fbee4904", commit.Tree.ToString());
        Assert.Equal("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", Assert.Single(commit.Parents).ToString());
        Assert.Equal(("Ada Lovelace", "ada@example.org", 1_700_000_000, 90), (commit.Author.Name, commit.Author.Email, commit.Author.Seconds, commit.Author.ZoneMinutes));
        Assert.Equal(("B", "", 5, -420), (commit.Committer.Name, commit.Committer.Email, commit.Committer.Seconds, commit.Committer.ZoneMinutes));
        Assert.Equal("encoding UTF-8\n", Encoding.ASCII.GetString(commit.ExtraHeaders));
        Assert.Equal("www moves\n\nreason\n", commit.Message);
        Assert.Equal("www moves", commit.Subject);
        Assert.Equal(new DateTimeOffset(2023, 11, 14, 23, 43, 20, TimeSpan.FromMinutes(90)), commit.Author.Time);
    }

    [Fact]
    public void A_commit_that_is_made_is_well_formed_and_reads_back()
    {
        Assert.True(Signature.TryCreate("Ada", "ada@example.org", new DateTimeOffset(2023, 11, 14, 22, 13, 20, TimeSpan.FromHours(-3.5)), out var ada));
        var made = Commit.Create(ObjectId.Zero, [ObjectHash.Compute(ObjectKind.Blob, [])], ada, ada, "www moves");
        Assert.True(ObjectCheck.TryCheck(ObjectKind.Commit, made.Octets.Span, out var error), error.ToString());
        Assert.True(Commit.TryParse(made.Octets, out var read, out _));
        Assert.Equal(ada, read.Author);
        Assert.Equal("www moves\n", read.Message);
        Assert.Equal("Ada <ada@example.org> 1700012600 -0330", read.Author.ToString());
    }

    [Theory]
    [InlineData("", "a@b")]
    [InlineData(" ", "a@b")]
    [InlineData("A<", "a@b")]
    [InlineData("A", "a>b")]
    [InlineData("A\nparent x", "a")]
    public void A_signature_with_forbidden_characters_is_refused(string name, string email) =>
        Assert.False(Signature.TryCreate(name, email, DateTimeOffset.UnixEpoch, out _));

    [Fact]
    public void Reading_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        byte[] cut = [.. Encoding.ASCII.GetBytes(TreeLine + "author "), .. octets];
        foreach (var content in new[] { octets, cut })
        {
            _ = Commit.TryParse(content, out _, out _);
            _ = Tag.TryParse(content, out _, out _);
            foreach (var kind in Enum.GetValues<ObjectKind>())
                _ = ObjectCheck.TryCheck(kind, content, out _);
        }
        return true;
    }).QuickCheckThrowOnFailure();
}
