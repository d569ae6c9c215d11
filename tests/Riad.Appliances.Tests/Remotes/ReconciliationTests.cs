using Riad.DnsPrimaryGit.Remotes;
using Riad.Git.Objects;
using Riad.ZoneRepository.Serving;
using Xunit;

namespace Riad.Appliances.Tests.Remotes;

/// <summary>A history as letters: a commit contains every commit whose text its own begins with.</summary>
public sealed class ReconciliationTests
{
    public static TheoryData<string, string, string, string, bool, string, string> Branches => new()
    {
        // what happened                              here    there   known   force  here then  what is said
        { "nothing",                                  "a",    "a",    "a",    false, "a",       "" },
        { "a new server and an empty remote",         "",     "",     "",     false, "",        "" },
        { "clone",                                    "",     "ab",   "",     false, "ab",      "" },
        { "an empty remote gets ours",                "ab",   "",     "",     false, "ab",      "" },
        { "others committed",                         "a",    "ab",   "a",    false, "ab",      "" },
        { "we have something to push",                "ab",   "a",    "a",    false, "ab",      "" },
        { "our push came through and we did not hear","a",    "ab",   "a",    false, "ab",      "" },
        { "a remote that is given later, older",      "ab",   "a",    "",     false, "ab",      "" },
        { "both committed",                           "ab",   "ac",   "a",    false, "ab",      "pull both, merge" },
        { "both committed, and force is allowed",     "ab",   "ac",   "a",    true,  "ab",      "pull both, merge" },
        { "nothing in common",                        "a",    "b",    "",     true,  "a",       "pull both, merge" },
        { "rewritten",                                "ab",   "ac",   "ab",   false, "ab",      "rewritten" },
        { "rewritten, and force is allowed",          "ab",   "ac",   "ab",   true,  "ac",      "" },
        { "rewritten after we pushed more",           "ab",   "ac",   "abd",  true,  "ac",      "" },
        { "set back",                                 "ab",   "a",    "ab",   false, "ab",      "rewritten" },
        { "set back, and force is allowed",           "ab",   "a",    "ab",   true,  "a",       "" },
        { "set back while we have more",              "abc",  "a",    "ab",   true,  "abc",     "pull both, merge" },
        { "gone",                                     "ab",   "",     "ab",   true,  "ab",      "gone at the remote" },
    };

    [Theory, MemberData(nameof(Branches))]
    public void The_branch_follows_and_nothing_of_ours_is_lost(string why, string here, string there, string known, bool force, string then, string said)
    {
        var decided = Reconciliation.Decide(new(Id(here), default), new(Id(there), default), new(Id(known), default), force, Compare);

        Assert.Equal((why, Id(then)), (why, decided.Here.Branch));
        AssertSaid(said, decided.Obstacle);
    }

    public static TheoryData<string, string, string, string, string> Journals => new()
    {
        // what happened                   here   there  here then  what is said
        { "nothing",                       "a",   "a",   "a",       "" },
        { "the remote has none",           "a",   "",    "a",       "" },
        { "we have none",                  "",    "a",   "a",       "" },
        { "our push came through unheard", "a",   "ab",  "ab",      "" },
        { "an entry to push",              "ab",  "a",   "ab",      "" },
        { "two servers write",             "ab",  "ac",  "ab",      "another server writes it" },
    };

    [Theory, MemberData(nameof(Journals))]
    public void The_journal_never_goes_back(string why, string here, string there, string then, string said)
    {
        var decided = Reconciliation.Decide(new(Id("x"), Id(here)), new(Id("xy"), Id(there)), new(Id("x"), default), rewriteAllowed: true, Compare);

        Assert.Equal((why, Id(then)), (why, decided.Here.Journal));
        // Both or neither: a branch that is followed without its journal would be served under other serials.
        Assert.Equal(said.Length > 0 ? Id("x") : Id("xy"), decided.Here.Branch);
        AssertSaid(said, decided.Obstacle);
    }

    private static void AssertSaid(string said, string? obstacle)
    {
        if (said.Length == 0)
            Assert.Null(obstacle);
        else
            Assert.Contains(said, obstacle, StringComparison.Ordinal);
    }

    private static ObjectId Id(string history)
    {
        var octets = new byte[ObjectId.OctetCount];
        System.Text.Encoding.ASCII.GetBytes(history, octets);
        return ObjectId.FromOctets(octets);
    }

    private static string History(ObjectId id)
    {
        var octets = new byte[ObjectId.OctetCount];
        id.WriteTo(octets);
        return System.Text.Encoding.ASCII.GetString(octets).TrimEnd('\0');
    }

    private static Ancestry Compare(ObjectId left, ObjectId right)
    {
        var (first, second) = (History(left), History(right));
        if (first == second)
            return Ancestry.Same;
        if (first.StartsWith(second, StringComparison.Ordinal))
            return Ancestry.BranchAhead;
        return second.StartsWith(first, StringComparison.Ordinal) ? Ancestry.BranchBehind : Ancestry.Diverged;
    }
}
