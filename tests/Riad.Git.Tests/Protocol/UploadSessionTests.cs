using System.Buffers;
using System.Globalization;
using System.Text;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Tests.Protocol;

/// <summary>
/// History:  a - b - c - d (main)      and  b - e (side), merged by m = (d, e) when a test says so.
/// Each commit has a file of its own content; commit times are 100, 200, 300, ...
/// </summary>
public sealed class UploadSessionTests
{
    private readonly MemoryObjectStore store = new();
    private readonly Dictionary<string, ObjectId> blobs = [];
    private readonly Dictionary<ObjectId, string> names = [];
    private readonly ObjectId a;
    private readonly ObjectId b;
    private readonly ObjectId c;
    private readonly ObjectId d;
    private readonly ObjectId e;
    private readonly ObjectId tag;
    private readonly RefListing listing;

    public UploadSessionTests()
    {
        a = Commit("a", 100);
        b = Commit("b", 200, a);
        c = Commit("c", 300, b);
        d = Commit("d", 400, c);
        e = Commit("e", 250, b);
        tag = store.Add(ObjectKind.Tag, Encoding.ASCII.GetBytes($"object {c}\ntype commit\ntag v1\ntagger T <t> 350 +0000\n\nv1\n"));
        names[tag] = "tag";
        listing = RefListing.Create("refs/heads/main", [new("refs/heads/main", d, default), new("refs/heads/side", e, default), new("refs/tags/v1", tag, c)]);
    }

    [Fact]
    public void A_clone_gets_everything_that_is_wanted()
    {
        var (lines, objects) = Ask($"want {d} multi_ack_detailed side-band-64k", "0000", "done");
        Assert.Equal(["NAK"], lines);
        Assert.Equal("a b c d a/ b/ c/ d/ a. b. c. d.", objects);
    }

    [Fact]
    public void Tags_come_along_when_the_client_asks_for_them()
    {
        var (_, objects) = Ask($"want {d} include-tag", "0000", "done");
        Assert.Equal("a b c d tag a/ b/ c/ d/ a. b. c. d.", objects);
    }

    [Fact]
    public void A_wanted_tag_comes_with_what_it_tags()
    {
        var (_, objects) = Ask($"want {tag}", "0000", $"have {b}", "done");
        Assert.Equal("c tag c/ c.", objects);
    }

    [Fact]
    public void A_fetch_is_told_what_is_common_and_gets_the_rest()
    {
        var unknown = "1234567812345678123456781234567812345678";
        var (lines, objects) = Ask($"want {d} multi_ack_detailed no-done", "0000", $"have {unknown}", $"have {b}", "0000");
        Assert.Equal([$"ACK {b} common", $"ACK {b} ready", "NAK", $"ACK {b}"], lines);
        Assert.Equal("c d c/ d/ c. d.", objects);
    }

    [Fact]
    public void Without_no_done_the_client_has_the_last_word()
    {
        var (lines, objects) = Ask($"want {d} multi_ack_detailed", "0000", $"have {b}", "0000");
        Assert.Equal([$"ACK {b} common", $"ACK {b} ready", "NAK"], lines);
        Assert.Null(objects);

        (lines, objects) = Ask($"want {d} multi_ack_detailed", "0000", $"have {b}", "done");
        Assert.Equal([$"ACK {b} common", $"ACK {b}"], lines);
        Assert.Equal("c d c/ d/ c. d.", objects);
    }

    [Fact]
    public void The_oldest_clients_hear_of_the_first_common_commit_alone()
    {
        var (lines, _) = Ask($"want {d}", "0000", $"have {c}", $"have {b}", "done");
        Assert.Equal([$"ACK {c}"], lines);
        (lines, _) = Ask($"want {d} multi_ack", "0000", $"have {c}", $"have {b}", "0000");
        Assert.Equal([$"ACK {c} continue", $"ACK {b} continue", "NAK"], lines);
    }

    [Fact]
    public void A_client_that_has_everything_gets_an_empty_pack()
    {
        var (_, objects) = Ask($"want {d}", "0000", $"have {d}", "done");
        Assert.Equal("", objects);
    }

    [Fact]
    public void A_side_branch_shares_what_is_below_it()
    {
        var (_, objects) = Ask($"want {e}", "0000", $"have {d}", "done");
        Assert.Equal("e e/ e.", objects);
    }

    [Fact]
    public void A_want_that_no_ref_reaches_is_refused()
    {
        var loose = Commit("x", 900, a);
        Assert.Equal($"upload-pack: not our ref {loose}", Refusal($"want {loose}", "0000", "done"));
        Assert.Equal($"upload-pack: not our ref {blobs["a"]}", Refusal($"want {blobs["a"]}", "0000", "done"));
        Assert.Equal("a a/ a.", Ask($"want {a}", "0000", "done").Objects);
    }

    [Fact]
    public void A_shallow_clone_is_told_where_it_is_cut()
    {
        var (lines, objects) = Ask($"want {d} multi_ack_detailed", "deepen 2", "0000");
        Assert.Equal([$"shallow {c}", "0000"], lines);
        Assert.Null(objects);

        (lines, objects) = Ask($"want {d} multi_ack_detailed", "deepen 2", "0000", "done");
        Assert.Equal([$"shallow {c}", "0000", "NAK"], lines);
        Assert.Equal("c d c/ d/ c. d.", objects);
    }

    [Fact]
    public void The_first_commit_is_never_cut()
    {
        var (lines, objects) = Ask($"want {d}", "deepen 4", "0000", "done");
        Assert.Equal(["0000", "NAK"], lines);
        Assert.Equal("a b c d a/ b/ c/ d/ a. b. c. d.", objects);
    }

    [Fact]
    public void A_shallow_client_that_fetches_stays_shallow()
    {
        var (lines, objects) = Ask($"want {d}", $"shallow {c}", "0000", $"have {c}", "done");
        Assert.Equal([$"ACK {c}"], lines);
        Assert.Equal("d d/ d.", objects);
    }

    [Fact]
    public void Deepening_sends_what_lay_behind_the_old_cut()
    {
        var (lines, objects) = Ask($"want {d}", $"shallow {d}", "deepen 2", "0000", $"have {d}", "done");
        Assert.Equal([$"shallow {c}", $"unshallow {d}", "0000", $"ACK {d}"], lines);
        Assert.Equal("c c/ c.", objects);
    }

    [Fact]
    public void Deepening_from_the_cut_counts_from_there()
    {
        var (lines, objects) = Ask($"want {d} deepen-relative", $"shallow {c}", "deepen 1", "0000", $"have {d}", "done");
        Assert.Equal([$"shallow {b}", $"unshallow {c}", "0000", $"ACK {d}"], lines);
        Assert.Equal("b b/ b.", objects);
    }

    [Fact]
    public void Unshallow_sends_all_the_rest()
    {
        var (lines, objects) = Ask($"want {d}", $"shallow {c}", "deepen 2147483647", "0000", $"have {d}", "done");
        Assert.Equal([$"unshallow {c}", "0000", $"ACK {d}"], lines);
        Assert.Equal("a b a/ b/ a. b.", objects);
    }

    [Fact]
    public void A_date_cuts_before_the_first_older_commit()
    {
        var (lines, objects) = Ask($"want {d}", "deepen-since 300", "0000", "done");
        Assert.Equal([$"shallow {c}", "0000", "NAK"], lines);
        Assert.Equal("c d c/ d/ c. d.", objects);
        Assert.Equal("upload-pack: no commits selected for shallow requests", Refusal($"want {d}", "deepen-since 500", "0000", "done"));
    }

    [Fact]
    public void A_ref_cuts_what_it_reaches()
    {
        var (lines, objects) = Ask($"want {d}", "deepen-not side", "0000", "done");
        Assert.Equal([$"shallow {c}", "0000", "NAK"], lines);
        Assert.Equal("c d c/ d/ c. d.", objects);
        Assert.Equal("upload-pack: deepen-not: there is no ref 'nowhere'", Refusal($"want {d}", "deepen-not nowhere", "0000", "done"));
    }

    [Fact]
    public void Version_2_answers_in_sections()
    {
        var (lines, objects) = Fetch($"want {d}", $"have {b}");
        Assert.Equal(["acknowledgments", $"ACK {b}", "ready", "0001", "packfile"], lines);
        Assert.Equal("c d c/ d/ c. d.", objects);
    }

    [Fact]
    public void Version_2_asks_for_more_while_nothing_is_common()
    {
        var (lines, objects) = Fetch($"want {d}", "have 1234567812345678123456781234567812345678");
        Assert.Equal(["acknowledgments", "NAK", "0000"], lines);
        Assert.Null(objects);
    }

    [Fact]
    public void Version_2_waits_for_done_when_asked_to()
    {
        var (lines, objects) = Fetch("wait-for-done", $"want {d}", $"have {b}");
        Assert.Equal(["acknowledgments", $"ACK {b}", "0000"], lines);
        Assert.Null(objects);
    }

    [Fact]
    public void Version_2_tells_the_cut_before_the_pack()
    {
        var (lines, objects) = Fetch($"want {d}", "deepen 1", "done");
        Assert.Equal(["shallow-info", $"shallow {d}", "0001", "packfile"], lines);
        Assert.Equal("d d/ d.", objects);
    }

    [Theory]
    [InlineData(5, "upload-pack: not our ref {0}")]
    [InlineData(6, null)]
    public void A_commit_that_no_ref_names_is_looked_for_near_the_refs(int commits, string? refusal)
    {
        Assert.True(UploadRequestReader.TryRead(Lines.Octets([$"want {a}", "0000", "done"]), out var request, out _));
        var answer = new UploadSession(store, listing) { MaxWalkedCommits = commits }.Answer(new(new ArrayBufferWriter<byte>()), request);
        Assert.Equal(refusal is null ? null : string.Format(CultureInfo.InvariantCulture, refusal, a), answer.Fault);
    }

    [Fact]
    public void Sizes_of_objects_are_told()
    {
        var session = new UploadSession(store, listing);
        Assert.Equal(["size", $"{blobs["a"]} 2", $"{ObjectId.Zero} ", "0000"],
            Lines.Written(output => session.Answer(output, new CommandRequest.ObjectInformation(Size: true, [blobs["a"], ObjectId.Zero]))));
    }

    private (string[] Lines, string? Objects) Ask(params string[] request)
    {
        Assert.True(UploadRequestReader.TryRead(Lines.Octets(request), out var parsed, out var error), error?.ToString());
        return Run(output => new UploadSession(store, listing).Answer(output, parsed));
    }

    private (string[] Lines, string? Objects) Fetch(params string[] arguments)
    {
        Assert.True(CommandRequestReader.TryRead(Lines.Octets(["command=fetch", "0001", .. arguments, "0000"]), out var command, out var error), error?.ToString());
        return Run(output => new UploadSession(store, listing).AnswerFetch(output, Assert.IsType<CommandRequest.Fetch>(command).Request));
    }

    private string? Refusal(params string[] request)
    {
        Assert.True(UploadRequestReader.TryRead(Lines.Octets(request), out var parsed, out var error), error?.ToString());
        return new UploadSession(store, listing).Answer(new(new ArrayBufferWriter<byte>()), parsed).Fault;
    }

    private (string[] Lines, string? Objects) Run(Func<PktLineWriter, UploadAnswer> answer)
    {
        UploadAnswer? given = null;
        var lines = Lines.Written(output => given = answer(output));
        Assert.Null(given!.Fault);
        if (given.Request is null)
            return (lines, null);
        Assert.True(given.TrySelect(out var selection, out _));
        // Commits are a, trees a/, blobs a. in this text, sorted within their kind.
        return (lines, string.Join(' ', selection.Objects.Select(id => names[id]).OrderBy(Rank).ThenBy(name => name, StringComparer.Ordinal)));

        static int Rank(string name) => name is "tag" ? 1 : name.EndsWith('/') ? 2 : name.EndsWith('.') ? 3 : 0;
    }

    private ObjectId Commit(string name, int seconds, params ObjectId[] parents)
    {
        var blob = blobs[name] = store.Add(ObjectKind.Blob, Encoding.ASCII.GetBytes(name + "\n"));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "file", blob)], out var tree, out _));
        var treeId = store.Add(ObjectKind.Tree, tree.Octets);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"tree {treeId}\n");
        foreach (var parent in parents)
            text.Append(CultureInfo.InvariantCulture, $"parent {parent}\n");
        text.Append(CultureInfo.InvariantCulture, $"author A <a> {seconds} +0000\ncommitter C <c> {seconds} +0000\n\n{name}\n");
        var commit = store.Add(ObjectKind.Commit, Encoding.ASCII.GetBytes(text.ToString()));
        (names[blob], names[treeId], names[commit]) = ($"{name}.", $"{name}/", name);
        return commit;
    }
}
