using System.Globalization;
using System.Text;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Tests.Protocol;

/// <summary>Commits: first - second, and other, which is of another history.</summary>
public sealed class RefPolicyTests
{
    private static readonly MemoryObjectStore Store = new();
    private static readonly ObjectId Blob = Store.Add(ObjectKind.Blob, Encoding.ASCII.GetBytes("content"));
    private static readonly ObjectId First = Commit("first");
    private static readonly ObjectId Second = Commit("second", First);
    private static readonly ObjectId Other = Commit("other");

    public static TheoryData<string, string, string, string, string, bool, string?> Changes => new()
    {
        // why                                old       new       now       ref                  force  refusal
        { "the first commit",                 "-",      "first",  "-",      "refs/heads/main",   false, null },
        { "history grows",                    "first",  "second", "first",  "refs/heads/main",   false, null },
        { "history is rewritten",             "first",  "other",  "first",  "refs/heads/main",   false, "non-fast-forward" },
        { "history goes back",                "second", "first",  "second", "refs/heads/main",   false, "non-fast-forward" },
        { "rewritten by force",               "first",  "other",  "first",  "refs/heads/main",   true,  null },
        { "deleted",                          "first",  "-",      "first",  "refs/heads/main",   false, "is served and cannot be deleted" },
        { "deleted by force",                 "first",  "-",      "first",  "refs/heads/main",   true,  null },
        { "another branch is rewritten",      "first",  "other",  "first",  "refs/heads/topic",  false, null },
        { "another branch is deleted",        "first",  "-",      "first",  "refs/heads/topic",  false, null },
        { "somebody was faster",              "first",  "second", "other",  "refs/heads/topic",  true,  "moved meanwhile: fetch first" },
        { "somebody deleted it",              "first",  "second", "-",      "refs/heads/topic",  true,  "does not exist any more" },
        { "a branch names a file",            "-",      "blob",   "-",      "refs/heads/topic",  true,  "a branch names a commit" },
        { "a tag may name a file",            "-",      "blob",   "-",      "refs/tags/file",    false, null },
        { "an object that is not there",      "-",      "absent", "-",      "refs/tags/absent",  false, "missing necessary objects" },
        { "the server's own",                 "-",      "first",  "-",      "refs/riad/served",  true,  "belongs to the server" },
        { "no ref",                           "-",      "first",  "-",      "HEAD",              true,  "funny refname" },
        { "a lock",                           "-",      "first",  "-",      "refs/heads/a.lock", true,  "funny refname" },
        { "out of the folder",                "-",      "first",  "-",      "refs/heads/../x",   true,  "funny refname" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_change_is_allowed_or_refused_with_the_reason(string why, string old, string next, string now, string name, bool force, string? refusal)
    {
        var found = new RefPolicy("refs/heads/main", force).FindRefusal(new(Id(old), Id(next), name), Id(now), Store);

        Assert.True(refusal is null ? found is null : found?.Contains(refusal, StringComparison.Ordinal) == true, $"{why}: {found}");
    }

    private static ObjectId Id(string word) => word switch
    {
        "-" => ObjectId.Zero,
        "first" => First,
        "second" => Second,
        "other" => Other,
        "blob" => Blob,
        _ => ObjectHash.Compute(ObjectKind.Blob, "nowhere"u8),
    };

    private static ObjectId Commit(string message, params ObjectId[] parents)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"tree {Store.Add(ObjectKind.Tree, default)}\n");
        foreach (var parent in parents)
            text.Append(CultureInfo.InvariantCulture, $"parent {parent}\n");
        text.Append(CultureInfo.InvariantCulture, $"author A <a> {100 + parents.Length} +0000\ncommitter A <a> {100 + parents.Length} +0000\n\n{message}\n");
        return Store.Add(ObjectKind.Commit, Encoding.ASCII.GetBytes(text.ToString()));
    }
}
