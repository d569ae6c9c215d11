using Riad.Git.Objects;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;
using Xunit;

namespace Riad.Git.Tests.Protocol.Client;

public sealed class PushConversationTests
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Zero = "0000000000000000000000000000000000000000";

    private static readonly ServerGreeting.Refs Server = new([], CapabilityList.Parse("report-status report-status-v2 side-band-64k quiet atomic object-format=sha1 agent=git/2.39.5"u8));
    private static readonly RefCommand Branch = new(Answers.Id(A), Answers.Id(B), "refs/heads/main");
    private static readonly RefCommand Journal = new(ObjectId.Zero, Answers.Id(B), "refs/riad/served");

    [Fact]
    public void Two_refs_change_together() => Assert.Equal(
        [$"{A} {B} refs/heads/main\0 report-status side-band-64k quiet atomic object-format=sha1 agent=riad/1", $"{Zero} {B} refs/riad/served", "0000"],
        Lines.Written(output => PushCommands.Write(output, Server, [Branch, Journal], "riad/1")));

    [Fact]
    public void Our_own_server_understands_it()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        PushCommands.Write(new(output), Server, [Branch, Journal], "riad/1");

        Assert.True(ReceiveRequestReader.TryRead(output.WrittenSpan, out var request, out _, out _));
        Assert.Equal([Branch, Journal], request.Commands.ToArray());
        Assert.True(request is { IsAtomic: true, WantsReport: true, HasSideBand: true });
    }

    [Theory]
    [InlineData("report-status", 1, null)]
    [InlineData("report-status", 2, "the server does not offer atomic pushes, which is needed")]
    [InlineData("atomic", 1, "the server does not offer report-status, which is needed")]
    public void A_server_that_cannot_do_it_is_refused_by_name(string capabilities, int commands, string? said) =>
        Assert.Equal(said, PushCommands.FindObstacle(new([], CapabilityList.Parse(System.Text.Encoding.ASCII.GetBytes(capabilities))), commands)?.ToString());

    [Theory, InlineData(true), InlineData(false)]
    public void A_report_is_read_with_and_without_the_side_band(bool hasSideBand)
    {
        var report = PushReport.Of([RefOutcome.Accepted("refs/heads/main"), new("refs/heads/old", "non-fast-forward: fetch first")]);
        var (heard, words, error) = Answers.Push(hasSideBand, Wrap(report, hasSideBand, pieceOctets: 7));

        Assert.Null(error);
        Assert.Equal(report.Refs.ToArray(), heard!.Refs.ToArray());
        Assert.Null(heard.UnpackFault);
        Assert.Equal(hasSideBand ? "a hook speaks\n" : "", words);
    }

    [Fact]
    public void A_pack_that_was_not_taken_is_told_apart() =>
        Assert.Equal("index-pack abnormal exit", Answers.Push(hasSideBand: false, Lines.Octets("unpack index-pack abnormal exit", "ng refs/heads/main unpacker error", "0000")).Report!.UnpackFault);

    public static TheoryData<string, bool, string[], ClientFault> Faults => new()
    {
        // why                          side band  lines                                        fault
        { "nothing",                    true,      [],                                          ClientFault.Truncated },
        { "cut in the report",          false,     ["unpack ok", "ok refs/heads/main"],         ClientFault.Truncated },
        { "an end without a report",    true,      ["0000"],                                    ClientFault.Truncated },
        { "it gives up",                true,      ["\u0003fatal: disk full"],                  ClientFault.ServerSaid },
        { "it refuses",                 true,      ["ERR no such repository"],                  ClientFault.ServerSaid },
        { "not a report",               false,     ["hello"],                                   ClientFault.UnexpectedLine },
        { "not a line",                 true,      ["\u0001zzzz"],                              ClientFault.Framing },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_no_report_leaves_the_outcome_open(string why, bool hasSideBand, string[] lines, ClientFault fault) =>
        Assert.Equal((why, fault), (why, Answers.Push(hasSideBand, Lines.Octets(lines)).Error!.Fault));

    [Fact]
    public void A_push_holds_what_the_server_lacks()
    {
        var store = new MemoryObjectStore();
        Assert.True(Signature.TryCreate("Ada", "ada@example.org", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), out var ada));
        var (first, second) = (store.Add(ObjectKind.Blob, "one"u8.ToArray()), store.Add(ObjectKind.Blob, "two"u8.ToArray()));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "a", first)], out var oldTree, out _));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "a", first), TreeEntry.Create(EntryMode.File, "b", second)], out var newTree, out _));
        var (oldRoot, newRoot) = (store.Add(ObjectKind.Tree, oldTree.Octets), store.Add(ObjectKind.Tree, newTree.Octets));
        var parent = store.Add(ObjectKind.Commit, Commit.Create(oldRoot, [], ada, ada, "one").Octets);
        var tip = store.Add(ObjectKind.Commit, Commit.Create(newRoot, [parent], ada, ada, "two").Octets);

        Assert.True(PackSelection.TrySelectForPush(store, [tip, ObjectId.Zero], [parent, Answers.Id(A)], out var some, out _));
        Assert.True(PackSelection.TrySelectForPush(store, [tip], [], out var all, out _));
        Assert.False(PackSelection.TrySelectForPush(store, [Answers.Id(B)], [], out _, out var missing));

        Assert.Equal([tip, newRoot, second], some.Objects);
        Assert.Equal(6, all.Objects.Count);
        Assert.Equal(Answers.Id(B), missing);
    }

    private static byte[] Wrap(PushReport report, bool hasSideBand, int pieceOctets)
    {
        var lines = new System.Buffers.ArrayBufferWriter<byte>();
        report.Write(new(lines));
        if (!hasSideBand)
            return lines.WrittenSpan.ToArray();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var band = new SideBandWriter(output, pieceOctets);
        band.WriteData(lines.WrittenSpan[..20]);
        band.WriteProgress("a hook speaks\n");
        band.WriteData(lines.WrittenSpan[20..]);
        new PktLineWriter(output).WriteFlush();
        return output.WrittenSpan.ToArray();
    }
}
