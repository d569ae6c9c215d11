using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Tests.Protocol;

public sealed class RequestTests
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Zero = "0000000000000000000000000000000000000000";

    [Fact]
    public void A_clone_in_version_0()
    {
        Assert.True(UploadRequestReader.TryRead(
            Lines.Octets($"want {A} multi_ack_detailed no-done side-band-64k thin-pack ofs-delta deepen-since agent=git/2.39.5", $"want {B}", "0000", "done"),
            out var request, out _));

        Assert.Equal([Id(A), Id(B)], request.Wants.ToArray());
        Assert.True(request is { Done: true, NoDone: true, ThinPack: true, OffsetDeltas: true, IncludeTags: false, EndsAfterWants: false });
        Assert.Equal(AcknowledgeMode.Detailed, request.Acknowledge);
        Assert.Equal(65515, request.SideBandOctets);
        Assert.Equal(new Deepening.Unchanged(), request.Deepening);
    }

    [Fact]
    public void A_shallow_client_asks_for_the_boundary_first()
    {
        Assert.True(UploadRequestReader.TryRead(
            Lines.Octets($"want {A} multi_ack side-band deepen-relative", $"shallow {B}", "deepen 3", "0000"), out var request, out _));

        Assert.True(request.EndsAfterWants);
        Assert.Equal([Id(B)], request.Shallow.ToArray());
        Assert.Equal(new Deepening.ToDepth(3, FromBoundary: true), request.Deepening);
        Assert.Equal((AcknowledgeMode.Multiple, 995), (request.Acknowledge, request.SideBandOctets));
    }

    [Fact]
    public void Haves_end_with_a_flush_or_with_done()
    {
        Assert.True(UploadRequestReader.TryRead(Lines.Octets($"want {A}", "0000", $"have {B}", $"have {B}", "0000"), out var round, out _));
        Assert.Equal([Id(B)], round.Haves.ToArray());
        Assert.False(round.Done);
        Assert.True(UploadRequestReader.TryRead(Lines.Octets("0000"), out var nothing, out _));
        Assert.Empty(nothing.Wants);
    }

    public static TheoryData<string, string[], ProtocolFault, int> UploadFaults => new()
    {
        // why                             lines                                                 fault                         line
        { "no flush after the wants",      [$"want {A}"],                                        ProtocolFault.Truncated,      0 },
        { "an id that is none",            ["want 1234"],                                        ProtocolFault.ObjectId,       1 },
        { "a have among the wants",        [$"want {A}", $"have {B}"],                           ProtocolFault.UnexpectedLine, 2 },
        { "a want among the haves",        [$"want {A}", "0000", $"want {B}"],                   ProtocolFault.UnexpectedLine, 3 },
        { "a delimiter",                   [$"want {A}", "0001"],                                ProtocolFault.UnexpectedMark, 2 },
        { "depth 0",                       [$"want {A}", "deepen 0", "0000"],                    ProtocolFault.Number,         2 },
        { "depth over 31 bits",            [$"want {A}", "deepen 2147483648", "0000"],           ProtocolFault.Number,         2 },
        { "a date that is none",           [$"want {A}", "deepen-since yesterday", "0000"],      ProtocolFault.Number,         2 },
        { "depth and date",                [$"want {A}", "deepen 1", "deepen-since 1", "0000"],  ProtocolFault.DeepenTogether, 0 },
        { "partial clone",                 [$"want {A}", "filter blob:none", "0000"],            ProtocolFault.Filter,         2 },
        { "partial clone announced",       [$"want {A} filter", "0000"],                         ProtocolFault.Filter,         1 },
        { "another hash",                  [$"want {A} object-format=sha256", "0000"],           ProtocolFault.ObjectFormat,   1 },
    };

    [Theory, MemberData(nameof(UploadFaults))]
    public void An_upload_request_names_its_fault(string why, string[] lines, ProtocolFault fault, int line)
    {
        Assert.False(UploadRequestReader.TryRead(Lines.Octets(lines), out _, out var error), why);
        Assert.Equal((fault, line), (error.Fault, error.Line));
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public void A_listing_of_refs_in_version_2()
    {
        Assert.True(CommandRequestReader.TryRead(
            Lines.Octets("command=ls-refs", "agent=git/2.39.5", "object-format=sha1", "0001", "peel", "symrefs", "unborn", "ref-prefix refs/heads/", "ref-prefix HEAD", "0000"),
            out var request, out _));
        Assert.Equal(new CommandRequest.ListRefs(Peel: true, Symrefs: true, Unborn: true, ["refs/heads/", "HEAD"]), request);
    }

    [Fact]
    public void A_fetch_in_version_2()
    {
        Assert.True(CommandRequestReader.TryRead(
            Lines.Octets(
                "command=fetch", "agent=git/2.39.5", "0001", "thin-pack", "no-progress", "include-tag", "ofs-delta", "wait-for-done",
                $"want {A}", $"have {B}", $"shallow {B}", "deepen-since 1700000000", "deepen-not refs/tags/v1", "0000"),
            out var command, out _));

        var request = Assert.IsType<CommandRequest.Fetch>(command).Request;
        Assert.True(request is { ThinPack: true, NoProgress: true, IncludeTags: true, OffsetDeltas: true, WaitForDone: true, Done: false });
        Assert.Equal([Id(A), Id(B), Id(B)], [.. request.Wants, .. request.Haves, .. request.Shallow]);
        Assert.Equal(new Deepening.Excluding(1700000000, ["refs/tags/v1"]), request.Deepening);
    }

    [Fact]
    public void A_flush_alone_ends_a_session()
    {
        Assert.True(CommandRequestReader.TryRead(Lines.Octets("0000"), out var request, out _));
        Assert.Null(request);
    }

    public static TheoryData<string, string[], ProtocolFault, int> CommandFaults => new()
    {
        // why                             lines                                                      fault                         line
        { "a command of another server",   ["command=bundle-uri", "0000"],                            ProtocolFault.Command,        1 },
        { "no command",                    ["agent=git/2.39.5", "0000"],                              ProtocolFault.Command,        0 },
        { "another hash",                  ["command=fetch", "object-format=sha256", "0000"],         ProtocolFault.ObjectFormat,   2 },
        { "an unknown capability",         ["command=fetch", "teleport", "0000"],                     ProtocolFault.Capability,     2 },
        { "no flush",                      ["command=fetch", "0001"],                                 ProtocolFault.Truncated,      0 },
        { "two delimiters",                ["command=fetch", "0001", "0001"],                         ProtocolFault.UnexpectedMark, 3 },
        { "partial clone",                 ["command=fetch", "0001", "filter tree:0", "0000"],        ProtocolFault.Filter,         3 },
        { "an unknown argument",           ["command=fetch", "0001", "want-ref refs/heads/a", "0000"], ProtocolFault.UnexpectedLine, 3 },
        { "sideband-all",                  ["command=fetch", "0001", "sideband-all", "0000"],         ProtocolFault.UnexpectedLine, 3 },
    };

    [Theory, MemberData(nameof(CommandFaults))]
    public void A_command_names_its_fault(string why, string[] lines, ProtocolFault fault, int line)
    {
        Assert.False(CommandRequestReader.TryRead(Lines.Octets(lines), out _, out var error), why);
        Assert.Equal((fault, line), (error.Fault, error.Line));
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public void A_push_of_several_refs_with_options()
    {
        byte[] octets = [.. Lines.Octets(
            $"{A} {B} refs/heads/main\0 report-status-v2 side-band-64k atomic push-options object-format=sha1 agent=git/2.39.5",
            $"{Zero} {B} refs/tags/grün", $"{A} {Zero} refs/heads/old", "0000", "check", "reason=two words", "0000"), .. "PACK"u8];
        Assert.True(ReceiveRequestReader.TryRead(octets, out var request, out var packOffset, out _));

        Assert.Equal([new(Id(A), Id(B), "refs/heads/main"), new(ObjectId.Zero, Id(B), "refs/tags/grün"), new(Id(A), ObjectId.Zero, "refs/heads/old")], request.Commands.ToArray());
        Assert.Equal(["check", "reason=two words"], request.Options.ToArray());
        Assert.True(request is { IsAtomic: true, WantsReport: true, HasSideBand: true, IsQuiet: false, HasPack: true });
        Assert.Equal(octets.Length - 4, packOffset);
    }

    [Fact]
    public void A_push_from_a_shallow_clone_says_where_its_history_is_cut()
    {
        Assert.True(ReceiveRequestReader.TryRead(Lines.Octets($"shallow {B}", $"{Zero} {A} refs/heads/main\0report-status", "0000"), out var request, out _, out _));
        Assert.Equal([Id(B)], request.Shallow.ToArray());
        Assert.True(request.WantsReport);
    }

    [Fact]
    public void A_push_of_nothing_tries_whether_a_push_is_allowed()
    {
        Assert.True(ReceiveRequestReader.TryRead("0000"u8, out var flush, out _, out _));
        Assert.True(ReceiveRequestReader.TryRead([], out var empty, out _, out _));
        Assert.Empty(flush.Commands);
        Assert.Empty(empty.Commands);
        Assert.False(empty.HasPack);
    }

    public static TheoryData<string, string[], ProtocolFault, int> ReceiveFaults => new()
    {
        // why                             lines                                                        fault                          line
        { "no flush",                      [$"{A} {B} refs/heads/main\0report-status"],                  ProtocolFault.Truncated,       0 },
        { "options without an end",        [$"{A} {B} refs/heads/main\0push-options", "0000", "x"],      ProtocolFault.Truncated,       0 },
        { "an old id that is none",        [$"1234 {B} refs/heads/main\0", "0000"],                      ProtocolFault.ObjectId,        1 },
        { "no name",                       [$"{A} {B} \0", "0000"],                                      ProtocolFault.RefName,         1 },
        { "capabilities on a later line",  [$"{A} {B} a\0atomic", $"{A} {B} b\0atomic", "0000"],         ProtocolFault.UnexpectedLine,  2 },
        { "a signed push",                 ["push-cert\0report-status", "0000"],                         ProtocolFault.PushCertificate, 1 },
        { "another hash",                  [$"{A} {B} a\0object-format=sha256", "0000"],                 ProtocolFault.ObjectFormat,    1 },
        { "a delimiter",                   ["0001"],                                                     ProtocolFault.UnexpectedMark,  1 },
    };

    [Theory, MemberData(nameof(ReceiveFaults))]
    public void A_push_names_its_fault(string why, string[] lines, ProtocolFault fault, int line)
    {
        Assert.False(ReceiveRequestReader.TryRead(Lines.Octets(lines), out _, out _, out var error), why);
        Assert.Equal((fault, line), (error.Fault, error.Line));
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public void No_request_throws_whatever_the_lines() => Prop.ForAll<string[]>(lines =>
    {
        var octets = Lines.Octets([.. lines.Select(line => line ?? "0000")]);
        _ = UploadRequestReader.TryRead(octets, out _, out _);
        _ = CommandRequestReader.TryRead(octets, out _, out _);
        _ = ReceiveRequestReader.TryRead(octets, out _, out _, out _);
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_request_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        _ = UploadRequestReader.TryRead(octets, out _, out _);
        _ = CommandRequestReader.TryRead(octets, out _, out _);
        return !ReceiveRequestReader.TryRead(octets, out _, out var packOffset, out _) || packOffset <= octets.Length;
    }).QuickCheckThrowOnFailure();

    private static ObjectId Id(string hex)
    {
        Assert.True(ObjectId.TryParse(hex, out var id));
        return id;
    }
}
