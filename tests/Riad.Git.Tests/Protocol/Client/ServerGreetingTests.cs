using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;
using Xunit;

namespace Riad.Git.Tests.Protocol.Client;

public sealed class ServerGreetingTests
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Zero = "0000000000000000000000000000000000000000";

    [Fact]
    public void A_server_of_2006_lists_its_refs()
    {
        var (greeting, _) = Answers.Greeting(GitService.UploadPack, Lines.Octets($"{A} HEAD\0multi_ack side-band-64k ofs-delta", $"{A} refs/heads/main", $"{B} refs/tags/v1", $"{A} refs/tags/v1^{{}}", "0000"));

        var refs = Assert.IsType<ServerGreeting.Refs>(greeting);
        Assert.Equal([new("HEAD", Answers.Id(A), default), new("refs/heads/main", Answers.Id(A), default), new ListedRef("refs/tags/v1", Answers.Id(B), Answers.Id(A))], refs.Listed.ToArray());
        Assert.True(refs.Capabilities.Contains("side-band-64k"));
        Assert.Equal(Answers.Id(B), refs.Find("refs/tags/v1"));
        Assert.Equal(ObjectId.Zero, refs.Find("refs/heads/other"));
    }

    [Fact]
    public void Over_HTTP_a_line_with_the_service_comes_first()
    {
        var (greeting, _) = Answers.Greeting(GitService.ReceivePack, Lines.Octets("# service=git-receive-pack", "0000", $"{Zero} capabilities^{{}}\0report-status atomic object-format=sha1", "0000"));

        Assert.Empty(Assert.IsType<ServerGreeting.Refs>(greeting).Listed);
        Assert.True(greeting.Capabilities.Contains("atomic"));
    }

    [Fact]
    public void Version_1_is_version_0_with_a_line_before_it() =>
        Assert.Single(Assert.IsType<ServerGreeting.Refs>(Answers.Greeting(GitService.UploadPack, Lines.Octets("version 1", $"{A} refs/heads/main\0ofs-delta", "0000")).Greeting).Listed);

    [Fact]
    public void Version_2_tells_what_it_can_do_with_and_without_the_line_of_the_service()
    {
        string[] capabilities = ["version 2", "agent=git/2.39.5", "ls-refs=unborn", "fetch=shallow wait-for-done", "object-format=sha1", "0000"];
        foreach (var lines in (string[][])[capabilities, ["# service=git-upload-pack", "0000", .. capabilities]])
        {
            var commands = Assert.IsType<ServerGreeting.Commands>(Answers.Greeting(GitService.UploadPack, Lines.Octets(lines)).Greeting);
            Assert.Equal("shallow wait-for-done", commands.Capabilities.Value("fetch"));
        }
    }

    public static TheoryData<string, string[], ClientFault> Faults => new()
    {
        // why                                    lines                                                                            fault
        { "the server refuses",                   ["ERR access denied"],                                                           ClientFault.ServerSaid },
        { "the server refuses in version 2",      ["version 2", "ERR busy"],                                                       ClientFault.ServerSaid },
        { "SHA-256, version 0",                   [$"{A}{A[..24]} refs/heads/main\0object-format=sha256", "0000"],                 ClientFault.ObjectFormat },
        { "SHA-256, by its capability",           [$"{A} refs/heads/main\0object-format=sha256", "0000"],                          ClientFault.ObjectFormat },
        { "SHA-256, version 2",                   ["version 2", "ls-refs", "fetch", "object-format=sha256", "0000"],               ClientFault.ObjectFormat },
        { "version 3",                            ["version 3"],                                                                   ClientFault.Version },
        { "version 2 without fetch",              ["version 2", "ls-refs", "0000"],                                                ClientFault.Capability },
        { "a shallow server",                     [$"{A} refs/heads/main\0x", $"shallow {B}", "0000"],                             ClientFault.Shallow },
        { "another service",                      ["# service=git-receive-pack", "0000"],                                          ClientFault.UnexpectedLine },
        { "a web page",                           ["<!DOCTYPE html>"],                                                             ClientFault.UnexpectedLine },
        { "a delimiter",                          ["0001"],                                                                        ClientFault.UnexpectedMark },
        { "no end",                               [$"{A} refs/heads/main\0x"],                                                     ClientFault.Truncated },
        { "nothing",                              [],                                                                              ClientFault.Truncated },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_not_spoken_is_refused_by_name(string why, string[] lines, ClientFault fault)
    {
        var (greeting, error) = Answers.Greeting(GitService.UploadPack, Lines.Octets(lines));

        Assert.Null(greeting);
        Assert.Equal((why, fault), (why, error!.Fault));
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public void A_push_is_not_made_in_version_2() =>
        Assert.Equal(ClientFault.Version, Answers.Greeting(GitService.ReceivePack, Lines.Octets("version 2", "0000")).Error!.Fault);

    [Fact]
    public void A_server_with_endless_refs_is_not_listened_to()
    {
        var limits = new ClientLimits { Refs = 2 };
        string[] lines = [$"{A} refs/heads/a\0x", $"{A} refs/heads/b", $"{A} refs/heads/c"];

        Assert.Equal(ClientFault.TooMuch, Answers.Greeting(GitService.UploadPack, Lines.Octets(lines), limits).Error!.Fault);
        Assert.Equal(ClientFault.TooMuch, Answers.Refs(Lines.Octets($"{A} refs/heads/a", $"{A} refs/heads/b", $"{A} refs/heads/c"), limits).Error!.Fault);
    }

    [Fact]
    public void Names_that_git_does_not_allow_are_passed_over()
    {
        var (refs, _) = Answers.Refs(Lines.Octets($"{A} HEAD symref-target:refs/heads/main", "unborn HEAD symref-target:refs/heads/main", $"{A} refs/heads/../../etc", $"{B} refs/tags/v1 peeled:{A}", "0000"));

        Assert.Equal([new ListedRef("refs/tags/v1", Answers.Id(B), Answers.Id(A))], refs.ToArray());
    }

    [Fact]
    public void Words_of_the_server_cannot_harm_a_terminal() =>
        Assert.Equal("the server says: red \uFFFD[31m next word", Answers.Greeting(GitService.UploadPack, Lines.Octets("ERR red \u001b[31m\nnext\tword")).Error!.ToString());

    [Theory, InlineData(GitService.UploadPack), InlineData(GitService.ReceivePack)]
    public void Our_own_server_is_understood(GitService service)
    {
        var output = new ArrayBufferWriter<byte>();
        RefAdvertisement.Write(new(output), service, ProtocolVersion.V1, RefListing.Create("refs/heads/main", [new("refs/heads/main", Answers.Id(A), default)]), "riad/1");

        Assert.Equal(Answers.Id(A), Assert.IsType<ServerGreeting.Refs>(Answers.Greeting(service, output.WrittenSpan).Greeting).Find("refs/heads/main"));
    }

    [Fact]
    public void Nothing_throws_whatever_the_octets() => Prop.ForAll<byte[], bool>((octets, fetching) =>
    {
        var (greeting, error) = Answers.Greeting(fetching ? GitService.UploadPack : GitService.ReceivePack, octets);
        var (_, refsError) = Answers.Refs(octets);
        var (_, fetchError) = Answers.Fetch(fetching, octets);
        var (report, _, pushError) = Answers.Push(fetching, octets);
        return (greeting is null) == (error is not null) && (report is null) == (pushError is not null) && refsError?.ToString() != "" && fetchError?.ToString() != "";
    }).QuickCheckThrowOnFailure();
}
