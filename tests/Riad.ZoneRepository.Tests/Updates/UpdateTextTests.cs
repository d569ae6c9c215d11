using Riad.Dns.Messages;
using Riad.ZoneRepository.Updates;

namespace Riad.ZoneRepository.Tests.Updates;

/// <summary>Zones as people write them, and the lines that an update changes.</summary>
public sealed class UpdateTextTests
{
    private const string Garden =
        """
        ; The zone of the garden.                  Ask Ada before you touch it.
        $TTL 1h
        $ORIGIN org.
        example         IN      SOA     ns1.example hostmaster.example (
                                        2026112001      ; serial
                                        2h 15m 2w       ; refresh retry expire
                                        300 )           ; negative
                        IN      NS      ns1.example     ; the first
                        IN      NS      ns2.example
        $ORIGIN example.org.
        ns1             IN      A       192.0.2.53
        ns2             IN      A       192.0.2.54

        ; hosts
        www     300     IN      A       192.0.2.1       ; front
                300     IN      A       192.0.2.2       ; back
                        IN      TXT     "a; b" ( "c"
                                        d )             ; in parts
        $INCLUDE parts/mail
        $INCLUDE shared
        $GENERATE 1-2 gen$ A 192.0.2.10$
        alias           IN      CNAME   www

        """;

    private const string Mail = "mail    A 192.0.2.25 ; in a part\n        AAAA 2001:db8::25\n";

    private const string Shared = "shared A 192.0.2.99\n";

    private static readonly string[] Paths = ["example.org", "parts/mail", "shared", "example.org.dynamic"];

    private const string Other = "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n$INCLUDE shared\n";

    private static UpdatedServer NewServer(string dynamic = "", string garden = Garden) =>
        UpdatedServer.Of(("example.org", garden + dynamic), ("parts/mail", Mail), ("shared", Shared), ("example.net", Other), ("example.org.dynamic", "; made by machines\n"));

    /// <summary>What an update does to the lines of the files: "file|-line", "file|+line".</summary>
    public static TheoryData<string, string> Differences => new()
    {
        // update                                                  the lines
        { "add host7 3600 A 192.0.2.7",                           "example.org|+host7\tIN\tA\t192.0.2.7" },
        { "add host7 60 A 192.0.2.7",                             "example.org|+host7 60 IN A 192.0.2.7" },
        { "delete www A 192.0.2.2",                               "example.org|-        300     IN      A       192.0.2.2       ; back" },
        { "delete www A 192.0.2.1",                               "example.org|-www     300     IN      A       192.0.2.1       ; front; example.org|-        300     IN      A       192.0.2.2       ; back; example.org|+www     300     IN      A       192.0.2.2       ; back" },
        { "delete www A 192.0.2.2; add www 300 A 192.0.2.3",      "example.org|-        300     IN      A       192.0.2.2       ; back; example.org|+        300     IN      A       192.0.2.3       ; back" },
        { "add www 60 A 192.0.2.1",                               "example.org|-www     300     IN      A       192.0.2.1       ; front; example.org|-        300     IN      A       192.0.2.2       ; back; example.org|+www     60     IN      A       192.0.2.1       ; front; example.org|+        60     IN      A       192.0.2.2       ; back" },
        { "delete mail A; add mail 3600 A 192.0.2.26",            "parts/mail|-mail    A 192.0.2.25 ; in a part; parts/mail|+mail    A 192.0.2.26 ; in a part" },
        { "delete mail A",                                        "parts/mail|-mail    A 192.0.2.25 ; in a part; parts/mail|-        AAAA 2001:db8::25; parts/mail|+mail    AAAA 2001:db8::25" },
        { "add @ 3600 SOA ns1 hostmaster 2026112005 7200 900 1209600 300", "example.org|-                                2026112001      ; serial; example.org|+                                2026112005      ; serial" },
        { "delete alias; add alias 3600 CNAME mail",              "example.org|-alias           IN      CNAME   www; example.org|+alias           IN      CNAME   mail.example.org." },
        { "add shared 3600 TXT x",                                "example.org|+shared IN TXT \"x\"" },
    };

    [Theory, MemberData(nameof(Differences))]
    public void Only_the_lines_that_must_change_do(string update, string lines)
    {
        var server = NewServer();
        var before = TextsOf(server);

        Assert.IsType<UpdateOutcome.Committed>(Assert.Single(server.Update(update)));

        Assert.Equal(Normal(lines), Normal(string.Join("; ", Compare(before, TextsOf(server)))));
        AssertReadsAsServed(server);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "delete shared A",               "shared:1:1: the record is in a file that another zone reads too; change it there by hand" },
        { "add shared 60 A 192.0.2.98",    "shared:1:1: the record is in a file that another zone reads too; change it there by hand" },
        { "delete gen1 A",                 "example.org:21:1: the record is made by a $GENERATE; change it there by hand" },
        { "delete ns1 A",                  "ns1 is a name server, but has no address; write an A or AAAA record for it, or correct the name" },
        { "add @ 3600 SOA ns1 hostmaster 3200000000 7200 900 1209600 300", "serial 3200000000 is more than 2^30 ahead of 2026112001, which was served; write a nearer one, or push with -o serial-jump" },
        { "add @ 3600 DNSKEY 256 3 8 AQID; add x 60 A 192.0.2.1", "" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_cannot_be_written_is_refused_and_nothing_changes(string update, string reason)
    {
        var server = NewServer();
        var (tip, texts) = (server.Server.State.Commit, TextsOf(server));
        var outcome = Assert.Single(server.Update(update));
        if (reason.Length == 0)
        {
            // The key itself can be added; from then on the zone counts as signed.
            Assert.IsType<UpdateOutcome.Committed>(outcome);
            outcome = Assert.Single(server.Update("delete x"));
            Assert.Equal("the zone is signed, and this server does not sign; change the zone where it is signed", Assert.IsType<UpdateOutcome.Refused>(outcome).Reason);
            return;
        }

        Assert.Equal(new UpdateOutcome.Refused(ResponseCode.Refused, reason), outcome);
        Assert.Equal(tip, server.Server.State.Commit);
        Assert.Equal(texts, TextsOf(server));
    }

    [Fact]
    public void New_records_go_into_the_dynamic_file_where_the_zone_includes_it()
    {
        var server = NewServer("$INCLUDE example.org.dynamic\nlast IN A 192.0.2.77\n");

        server.Update("add host7 60 A 192.0.2.7", "add host8 3600 TXT x", "delete host7 A; add host7 60 A 192.0.2.8", "delete www");

        Assert.Equal("; made by machines\nhost7 60 IN A 192.0.2.8\nhost8 IN TXT \"x\"\n", server.Text("example.org.dynamic"));
        Assert.DoesNotContain("host7", server.Text("example.org"), StringComparison.Ordinal);
        AssertReadsAsServed(server);
    }

    [Fact]
    public void A_dynamic_file_without_a_TTL_before_it_is_left_alone()
    {
        var server = UpdatedServer.Of(
            ("example.org", "@ 60 SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n$INCLUDE example.org.dynamic\nafter A 192.0.2.2\n"), ("example.org.dynamic", ""));

        server.Update("add host7 9 A 192.0.2.7");

        Assert.Equal("", server.Text("example.org.dynamic"));
        Assert.EndsWith("after A 192.0.2.2\nhost7 9 A 192.0.2.7\n", server.Text("example.org"), StringComparison.Ordinal);
        AssertReadsAsServed(server);
    }

    [Fact]
    public void A_file_that_the_zone_includes_twice_is_never_edited()
    {
        var server = UpdatedServer.Of(
            ("example.org", "$TTL 60\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n$INCLUDE hosts a.example.org.\n$INCLUDE hosts b.example.org.\n"), ("hosts", "x A 192.0.2.2\ny A 192.0.2.3\n"));

        Assert.IsType<UpdateOutcome.Refused>(Assert.Single(server.Update("delete x.a A")));
        Assert.IsType<UpdateOutcome.Refused>(Assert.Single(server.Update("delete x.b A")));
        Assert.IsType<UpdateOutcome.Committed>(Assert.Single(server.Update("add x.b 60 TXT a")));
        AssertReadsAsServed(server);
    }

    [Fact]
    public void Line_ends_and_a_missing_last_one_stay()
    {
        var server = UpdatedServer.Of(("example.org", "$TTL 60\r\n@ SOA ns1 h 1 2 3 4 5\r\n@ NS ns1\r\nns1 A 192.0.2.1"));

        server.Update("add a 60 A 192.0.2.2", "add b 60 A 192.0.2.3", "delete a");

        Assert.Equal("$TTL 60\r\n@ SOA ns1 h 1 2 3 4 5\r\n@ NS ns1\r\nns1 A 192.0.2.1\r\nb A 192.0.2.3", server.Text("example.org"));
        AssertReadsAsServed(server);
    }

    /// <summary>The proof: the files read anew are what is served, and the branch followed from before gives the same entry of the journal.</summary>
    internal static void AssertReadsAsServed(UpdatedServer server)
    {
        var served = Zones.Lines(server.Version.Zone);
        server.Server.Restart();
        Assert.Equal(served, Zones.Lines(server.Version.Zone));
        var following = server.Server.Follow(server.CommitAt(server.Server.State.Journal.Tip).Parents[^1]);
        Assert.Null(following.Writing);
        Assert.Empty(server.Server.State.Degraded);
        Assert.Equal(served, Zones.Lines(server.Version.Zone));
    }

    /// <summary>A line behind the rest of the zone, what an update makes of its data, and the line then.</summary>
    public static TheoryData<string, string, string> Rewritten => new()
    {
        { "svc 300 IN SVCB 1 . port=8443 alpn=h2 ; c",              "delete svc SVCB 1 . port=8443 alpn=h2; add svc 300 SVCB 1 . alpn=h2 port=9443", "svc 300 IN SVCB 1 . alpn=\"h2\" port=9443 ; c" },
        { "sync 300 IN CSYNC 66 3 AAAA A NS ; c",                   "delete sync; add sync 300 CSYNC 66 3 MX A NS",                                  "sync 300 IN CSYNC 66 3 A NS MX ; c" },
        { "old 300 IN TXT \"a\" ( \"b\" ) ; old (2019) value",  "delete old; add old 300 TXT c",                                                 "old 300 IN TXT \"c\" ; old (2019) value" },
    };

    [Theory, MemberData(nameof(Rewritten))]
    public void An_acknowledged_update_can_be_read_at_the_next_start_in_whatever_way_the_line_was_written(string line, string update, string after)
    {
        var server = NewServer(line + "\n");

        Assert.IsType<UpdateOutcome.Committed>(Assert.Single(server.Update(update)));

        Assert.EndsWith($"\n{after}\n", server.Text("example.org"), StringComparison.Ordinal);
        AssertReadsAsServed(server);
    }

    private static SortedDictionary<string, string> TextsOf(UpdatedServer server) =>
        new(Paths.ToDictionary(path => path, server.Text), StringComparer.Ordinal);

    private static IEnumerable<string> Compare(SortedDictionary<string, string> before, SortedDictionary<string, string> after)
    {
        foreach (var (path, text) in before)
        {
            var (old, next) = (text.Split('\n'), after[path].Split('\n'));
            var start = old.Zip(next).TakeWhile(pair => pair.First == pair.Second).Count();
            var end = Math.Min(old.Reverse().Zip(next.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count(), Math.Min(old.Length, next.Length) - start);
            foreach (var line in old[start..^end])
                yield return $"{path}|-{line}";
            foreach (var line in next[start..^end])
                yield return $"{path}|+{line}";
        }
    }

    private static string Normal(string text) => text.Replace('\t', ' ');
}
