using System.Collections.Immutable;
using System.Text;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;
using Xunit;

namespace Riad.Git.Tests.Protocol.Client;

public sealed class FetchConversationTests
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string C = "cccccccccccccccccccccccccccccccccccccccc";

    private static readonly ServerGreeting.Refs Old = new([], CapabilityList.Parse("side-band-64k ofs-delta thin-pack no-progress"u8));
    private static readonly ServerGreeting.Commands New = new(CapabilityList.Empty.With("agent=git/2.39.5").With("ls-refs").With("fetch=shallow").With("object-format=sha1"));

    [Fact]
    public void A_version_0_server_hears_everything_at_once() => Assert.Equal(
        [$"want {A} side-band-64k thin-pack ofs-delta no-progress agent=riad/1", $"want {B}", "0000", $"have {C}", "done"],
        Lines.Written(output => FetchRequest.Write(output, Old, [Answers.Id(A), Answers.Id(B)], [Answers.Id(C)], "riad/1")));

    [Fact]
    public void A_version_2_server_hears_everything_at_once() => Assert.Equal(
        ["command=fetch", "agent=riad/1", "object-format=sha1", "0001", "thin-pack", "no-progress", "ofs-delta", $"want {A}", $"have {C}", "done", "0000"],
        Lines.Written(output => FetchRequest.Write(output, New, [Answers.Id(A)], [Answers.Id(C)], "riad/1")));

    [Fact]
    public void A_version_2_server_is_asked_for_the_refs_that_matter() => Assert.Equal(
        ["command=ls-refs", "agent=riad/1", "object-format=sha1", "0001", "ref-prefix refs/heads/main", "ref-prefix refs/riad/served", "0000"],
        Lines.Written(output => FetchRequest.WriteListing(output, New, ["refs/heads/main", "refs/riad/served"], "riad/1")));

    [Fact]
    public void Our_own_server_understands_both()
    {
        ImmutableArray<ObjectId> wants = [Answers.Id(A)], haves = [Answers.Id(B), Answers.Id(C)];
        Assert.True(UploadRequestReader.TryRead(Write(Old), out var old, out _));
        Assert.True(CommandRequestReader.TryRead(Write(New), out var command, out _));

        foreach (var request in (UploadRequest[])[old, Assert.IsType<CommandRequest.Fetch>(command).Request])
        {
            Assert.Equal(wants.ToArray(), request.Wants.ToArray());
            Assert.Equal(haves.ToArray(), request.Haves.ToArray());
            Assert.True(request is { Done: true, ThinPack: true, OffsetDeltas: true, NoProgress: true, SideBandOctets: SideBandWriter.LargePayloadOctets });
        }

        byte[] Write(ServerGreeting greeting)
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            FetchRequest.Write(new(output), greeting, wants, haves, "riad/1");
            return output.WrittenSpan.ToArray();
        }
    }

    [Fact]
    public void A_server_without_a_side_band_is_refused_by_name() =>
        Assert.Equal("the server does not offer side-band-64k, which is needed", FetchRequest.FindObstacle(new ServerGreeting.Refs([], CapabilityList.Empty))!.ToString());

    public static TheoryData<string, bool, string[]> Packs => new()
    {
        // why                                   version 2  lines
        { "nothing in common",                   false,     ["NAK", "\u0001PACK", "\u0002words", "\u0001 rest", "0000"] },
        { "something in common",                 false,     [$"ACK {A}", "\u0001PACK", "\u0001 rest", "0000"] },
        { "each common commit on its own",       false,     [$"ACK {A}", $"ACK {A}", "\u0001PACK", "\u0001 rest", "0000"] },
        { "version 2",                           true,      ["packfile", "\u0002", "\u0001PACK", "\u0001 rest", "0000"] },
        { "version 2 that acknowledges though",  true,      ["acknowledgments", $"ACK {A}", "ready", "0001", "packfile", "\u0001PACK", "\u0001 rest", "0000"] },
    };

    [Theory, MemberData(nameof(Packs))]
    public void The_pack_is_what_comes_on_the_first_band(string why, bool isVersion2, string[] lines)
    {
        var (pack, error) = Answers.Fetch(isVersion2, Lines.Octets(lines));

        Assert.Null(error);
        Assert.Equal((why, "PACK\n rest\n"), (why, Encoding.ASCII.GetString(pack)));
    }

    public static TheoryData<string, bool, string[], ClientFault> Faults => new()
    {
        // why                              version 2  lines                                      fault
        { "it gives up",                    false,     ["NAK", "\u0003out of memory"],            ClientFault.ServerSaid },
        { "it refuses",                     true,      ["ERR upload-pack: not our ref"],          ClientFault.ServerSaid },
        { "it ends in the pack",            true,      ["packfile", "\u0001PACK"],                ClientFault.Truncated },
        { "a section that was not asked",   true,      ["packfile-uris"],                         ClientFault.UnexpectedLine },
        { "shallow",                        true,      ["shallow-info"],                          ClientFault.Shallow },
        { "no acknowledgement",             false,     ["\u0001PACK"],                            ClientFault.UnexpectedLine },
        { "a fourth band",                  false,     ["NAK", "\u0004what"],                     ClientFault.UnexpectedLine },
        { "an end before the pack",         false,     ["0000"],                                  ClientFault.UnexpectedMark },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_no_pack_is_refused(string why, bool isVersion2, string[] lines, ClientFault fault) =>
        Assert.Equal((why, fault), (why, Answers.Fetch(isVersion2, Lines.Octets(lines)).Error!.Fault));

    [Fact]
    public void Few_haves_reach_far_back()
    {
        var store = new MemoryObjectStore();
        var tip = ObjectId.Zero;
        var ids = new List<ObjectId>();
        for (var index = 0; index < 3000; index++)
        {
            Assert.True(Signature.TryCreate("Ada", "ada@example.org", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + index), out var ada));
            tip = store.Add(ObjectKind.Commit, Commit.Create(Answers.Id("4b825dc642cb6eb9a060e54bf8d69288fbee4904"), tip.IsZero ? [] : [tip], ada, ada, "x").Octets);
            ids.Add(tip);
        }
        ids.Reverse();

        var haves = HaveSelection.Select(store, [ObjectId.Zero, tip, tip]);

        Assert.Equal(ids.Take(64), haves.Take(64));
        Assert.InRange(haves.Length, 200, 300);
        Assert.Equal(haves.Length, haves.Distinct().Count());
        // However far back the first common commit is, one is told that is at most twice as far.
        foreach (var common in (int[])[70, 200, 900, 1400])
            Assert.Contains(ids.Skip(common).Take(common), haves.Contains);
    }
}
