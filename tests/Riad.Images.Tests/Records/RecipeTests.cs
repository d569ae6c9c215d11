using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Tests.Records;

public sealed class RecipeTests
{
    private static readonly BuildRecord Good = BuildRecordTests.Record with { Options = [] };

    [Fact]
    public void A_record_of_a_commit_alone_is_built_again()
    {
        Assert.True(Recipe.TryFind(Good, out var recipe, out _));

        Assert.Equal(("dns-secondary", Architecture.Amd64, new string('c', 40), Good.Time), (recipe.Appliance, recipe.Architecture, recipe.Commit, recipe.Time));
    }

    public static TheoryData<string, BuildRecord> Refused => new()
    {
        { "its record names an appliance '@/etc/arguments', which is no name of one",                               Good with { Appliance = "@/etc/arguments" } },
        { "its record names an appliance '--help', which is no name of one",                                        Good with { Appliance = "--help" } },
        { "its record names an appliance '', which is no name of one",                                              Good with { Appliance = "" } },
        { "its record names an appliance 'a?[2J', which is no name of one",                                         Good with { Appliance = "a\u001B[2J" } },
        { "its record names a machine 'mips': there are amd64 and arm64",                                           Good with { Architecture = "mips" } },
        { $"it was built from '{new string('c', 40)}-changed': only one from a commit alone can be built again",    Good with { Commit = new string('c', 40) + "-changed" } },
        { $"it was built from '--upload-pack={new string('c', 26)}': only one from a commit alone can be built again", Good with { Commit = "--upload-pack=" + new string('c', 26) } },
        { "it was built from 'main': only one from a commit alone can be built again",                              Good with { Commit = "main" } },
        { "it was built with --lock --quick: only one from a commit alone can be built again",                      Good with { Options = ["--lock", "--quick"] } },
        { "its record names a time before 1980 or after 2106",                                                      Good with { Time = DateTimeOffset.UnixEpoch } },
        { "its record names a time before 1980 or after 2106",                                                      Good with { Time = DateTimeOffset.MaxValue } },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Any_other_is_refused(string why, BuildRecord record)
    {
        Assert.False(Recipe.TryFind(record, out _, out var refusal));
        Assert.Equal(why, refusal);
    }
}
