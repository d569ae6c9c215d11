using Riad.Git.Objects;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Tests.Protocol;

public sealed class AnswerTests
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string C = "cccccccccccccccccccccccccccccccccccccccc";
    private const string UploadCapabilities = "multi_ack multi_ack_detailed no-done thin-pack side-band side-band-64k ofs-delta shallow deepen-since deepen-not deepen-relative no-progress include-tag";

    private static readonly RefListing Listing = RefListing.Create("refs/heads/main", [new("refs/tags/v1", Id(C), Id(B)), new("refs/heads/main", Id(A), default)]);
    private static readonly RefListing Empty = RefListing.Create("refs/heads/main", []);

    [Fact]
    public void The_first_answer_of_version_0_lists_refs_in_order_with_peeled_tags() => Assert.Equal(
        [
            "# service=git-upload-pack", "0000",
            $"{A} HEAD\0{UploadCapabilities} symref=HEAD:refs/heads/main object-format=sha1 agent=riad/1",
            $"{A} refs/heads/main", $"{C} refs/tags/v1", $"{B} refs/tags/v1^{{}}", "0000",
        ],
        Lines.Written(output => RefAdvertisement.Write(output, GitService.UploadPack, ProtocolVersion.V0, Listing, "riad/1")));

    [Fact]
    public void Version_1_says_so() => Assert.Equal(
        "version 1", Lines.Written(output => RefAdvertisement.Write(output, GitService.UploadPack, ProtocolVersion.V1, Listing, "riad/1"))[2]);

    [Fact]
    public void An_empty_repository_has_a_line_for_its_capabilities() => Assert.Equal(
        [
            "# service=git-upload-pack", "0000",
            $"{ObjectId.Zero} capabilities^{{}}\0{UploadCapabilities} symref=HEAD:refs/heads/main object-format=sha1 agent=riad/1", "0000",
        ],
        Lines.Written(output => RefAdvertisement.Write(output, GitService.UploadPack, ProtocolVersion.V0, Empty, "riad/1")));

    [Fact]
    public void A_pusher_sees_neither_HEAD_nor_peeled_tags() => Assert.Equal(
        [
            "# service=git-receive-pack", "0000",
            $"{A} refs/heads/main\0report-status report-status-v2 delete-refs side-band-64k quiet atomic ofs-delta push-options object-format=sha1 agent=riad/1",
            $"{C} refs/tags/v1", "0000",
        ],
        Lines.Written(output => RefAdvertisement.Write(output, GitService.ReceivePack, ProtocolVersion.V0, Listing, "riad/1")));

    public static TheoryData<string, CommandRequest.ListRefs, string[]> Listings => new()
    {
        { "everything", new(Peel: true, Symrefs: true, Unborn: true, []), [$"{A} HEAD symref-target:refs/heads/main", $"{A} refs/heads/main", $"{C} refs/tags/v1 peeled:{B}", "0000"] },
        { "names and ids", new(Peel: false, Symrefs: false, Unborn: false, []), [$"{A} HEAD", $"{A} refs/heads/main", $"{C} refs/tags/v1", "0000"] },
        { "tags alone", new(Peel: false, Symrefs: true, Unborn: true, ["refs/tags/"]), [$"{C} refs/tags/v1", "0000"] },
        { "two prefixes", new(Peel: false, Symrefs: false, Unborn: false, ["HEAD", "refs/heads/m"]), [$"{A} HEAD", $"{A} refs/heads/main", "0000"] },
    };

    [Theory, MemberData(nameof(Listings))]
    public void Version_2_lists_what_was_asked_for(string why, CommandRequest.ListRefs request, string[] lines)
    {
        Assert.NotEmpty(why);
        Assert.Equal(lines, Lines.Written(output => RefsAnswer.Write(output, request, Listing)));
    }

    [Fact]
    public void An_unborn_HEAD_is_listed_to_those_who_know_it()
    {
        Assert.Equal(["unborn HEAD symref-target:refs/heads/main", "0000"], Lines.Written(output => RefsAnswer.Write(output, new(Peel: false, Symrefs: true, Unborn: true, []), Empty)));
        Assert.Equal(["0000"], Lines.Written(output => RefsAnswer.Write(output, new(Peel: false, Symrefs: true, Unborn: false, []), Empty)));
    }

    [Fact]
    public void Version_2_says_what_it_can_do() => Assert.Equal(
        ["version 2", "agent=riad/1", "ls-refs=unborn", "fetch=shallow wait-for-done", "server-option", "object-format=sha1", "object-info", "0000"],
        Lines.Written(output => CapabilityAdvertisement.Write(output, "riad/1")));

    [Fact]
    public void A_report_has_a_line_for_the_pack_and_one_for_each_ref() => Assert.Equal(
        ["unpack ok", "ok refs/heads/main", "ng refs/tags/v1 already \uFFFDexists, says the server", "0000"],
        Lines.Written(PushReport.Of([RefOutcome.Accepted("refs/heads/main"), new("refs/tags/v1", "already \u001bexists,\nsays the server")]).Write));

    [Fact]
    public void A_pack_that_was_not_taken_refuses_every_ref() => Assert.Equal(
        ["unpack the pack is too large", "ng refs/heads/main unpacker error", "0000"],
        Lines.Written(PushReport.NotUnpacked("the pack is too large", [new(default, Id(A), "refs/heads/main")]).Write));

    private static ObjectId Id(string hex)
    {
        Assert.True(ObjectId.TryParse(hex, out var id));
        return id;
    }
}
