using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Tests.Updates;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;
using Riad.ZoneRepository.Updates;

namespace Riad.ZoneRepository.Tests.Updates;

public sealed class UpdateGroupTests
{
    private static UpdatedServer NewServer() => UpdatedServer.Of(("example.org", Zones.Text(10, "www A 192.0.2.1\n")));

    [Fact]
    public void A_commit_says_in_words_what_changed_and_who_wanted_it()
    {
        var server = NewServer();

        var committed = Assert.IsType<UpdateOutcome.Committed>(Assert.Single(server.Update("add host7 60 A 192.0.2.7")));

        var commit = server.CommitAt(committed.Commit);
        Assert.Equal("example.org: add A 192.0.2.7 to host7\n\nUpdate-Key: host7._update.example.org\nUpdate-Client: 198.51.100.7\n", commit.Message);
        Assert.Equal("host7._update.example.org <> 1795000030 +0000", commit.Author.ToString());
        Assert.Equal(TestRepository.Server.ToString(), commit.Committer.ToString());
    }

    public static TheoryData<string, string> Subjects => new()
    {
        { "delete www", "example.org: remove A 192.0.2.1 from www" },
        { "delete www A; add www 3600 A 192.0.2.2", "example.org: change A of www from 192.0.2.1 to 192.0.2.2" },
        { "add www 60 A 192.0.2.1", "example.org: change the TTL of A of www from 3600 to 60" },
        { "add @ 60 TXT \"hello world\"", "example.org: add TXT \"hello world\" to example.org" },
        { "add www 3600 A 192.0.2.2; delete www A 192.0.2.1; add a.b 60 TXT x", "example.org: 2 changes to a.b, www" },
        { "add a 60 TXT x; add b 60 TXT x; add c 60 TXT x; add d 60 TXT x; add e 60 TXT x", "example.org: 5 changes to a, b, c and 2 more names" },
    };

    [Theory, MemberData(nameof(Subjects))]
    public void The_first_line_sums_up(string update, string subject) =>
        Assert.Equal(subject, Assert.IsType<UpdateOutcome.Committed>(Assert.Single(NewServer().Update(update))).Subject);

    [Fact]
    public void Several_changes_are_listed_a_bounded_number_of_them()
    {
        var server = NewServer();
        var two = Assert.IsType<UpdateOutcome.Committed>(Assert.Single(server.Update("add a 60 TXT x; add b 60 TXT y")));
        var many = Assert.IsType<UpdateOutcome.Committed>(Assert.Single(server.Update(string.Join(';', Enumerable.Range(0, 150).Select(i => $"add h{i} 60 A 192.0.2.1")))));

        Assert.StartsWith("example.org: 2 changes to a, b\n\n- add TXT \"x\" to a\n- add TXT \"y\" to b\n\nUpdate-Key: ", server.CommitAt(two.Commit).Message, StringComparison.Ordinal);
        Assert.Contains("\n- and 50 more\n\n", server.CommitAt(many.Commit).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_update_of_a_group_is_a_commit_and_the_group_is_one_entry_of_the_journal()
    {
        var server = NewServer();
        var (branch, journal) = (server.Server.State.Commit, server.Server.State.Journal.Tip);

        var outcomes = server.Update("add a 60 A 192.0.2.2", "prereq yxdomain a; add b 60 A 192.0.2.3", "prereq nxdomain a; add c 60 A 192.0.2.4", "add a 60 A 192.0.2.2", "delete www");

        var commits = outcomes.OfType<UpdateOutcome.Committed>().Select(committed => committed.Commit).ToList();
        Assert.Equal(3, commits.Count);
        Assert.Equal([branch], server.CommitAt(commits[0]).Parents.AsEnumerable());
        Assert.Equal([commits[0]], server.CommitAt(commits[1]).Parents.AsEnumerable());
        Assert.Equal(ResponseCode.NameExists, Assert.IsType<UpdateOutcome.Refused>(outcomes[2]).Code);
        Assert.IsType<UpdateOutcome.WithoutEffect>(outcomes[3]);
        Assert.Equal([journal, commits[2]], server.CommitAt(server.Server.State.Journal.Tip).Parents.AsEnumerable());
        Assert.Equal(11u, server.Server.SerialOf("example.org"));
        UpdateTextTests.AssertReadsAsServed(server);
    }

    [Fact]
    public void A_group_that_changes_nothing_in_the_end_has_commits_and_no_new_serial()
    {
        var server = NewServer();
        var journal = server.Server.State.Journal.Tip;

        Assert.Equal(2, server.Update("add a 60 A 192.0.2.2", "delete a").OfType<UpdateOutcome.Committed>().Count());

        Assert.Equal(journal, server.Server.State.Journal.Tip);
        Assert.Equal(10u, server.Server.SerialOf("example.org"));
        server.Update("add b 60 A 192.0.2.2");
        Assert.Equal(11u, server.Server.SerialOf("example.org"));
        UpdateTextTests.AssertReadsAsServed(server);
    }

    [Fact]
    public void A_newer_SOA_brings_its_serial_and_the_next_update_goes_on_from_it()
    {
        var server = NewServer();

        server.Update("add @ 3600 SOA ns1 hostmaster 20 7200 900 1209600 300", "add a 60 A 192.0.2.2");
        Assert.Equal(20u, server.Server.SerialOf("example.org"));
        server.Update("add b 60 A 192.0.2.2");
        Assert.Equal(21u, server.Server.SerialOf("example.org"));
        Assert.Contains("@ SOA ns1.example.org. hostmaster.example.org. 20 7200", server.Text("example.org").Replace("ns1 hostmaster", "ns1.example.org. hostmaster.example.org.", StringComparison.Ordinal), StringComparison.Ordinal);
        UpdateTextTests.AssertReadsAsServed(server);
    }

    [Fact]
    public void With_strict_serials_only_a_newer_SOA_is_taken()
    {
        var server = new UpdatedServer(strict: true);
        server.Server.Repository.Put("example.org", Zones.Text(10));
        server.Server.Push();

        var outcomes = server.Update("add a 60 A 192.0.2.2", "add a 60 A 192.0.2.2; add @ 3600 SOA ns1 hostmaster 11 7200 900 1209600 300");

        Assert.StartsWith("records changed, and serial 10 was served already", Assert.IsType<UpdateOutcome.Refused>(outcomes[0]).Reason, StringComparison.Ordinal);
        Assert.IsType<UpdateOutcome.Committed>(outcomes[1]);
    }

    [Fact]
    public void A_zone_that_is_not_served_is_not_made()
    {
        var server = UpdatedServer.Of(("example.net", Zones.Text(10)));

        Assert.Equal(ResponseCode.NotAuthoritative, Assert.IsType<UpdateOutcome.Refused>(Assert.Single(server.Update("add @ 60 SOA ns1 h 1 2 3 4 5"))).Code);
    }

    [Fact]
    public void A_zone_whose_newest_version_is_bad_waits_for_a_push()
    {
        var server = NewServer();
        server.Server.Repository.Put("example.org", "rubbish\n");
        server.Server.Follow(server.Server.Repository.Commit());

        Assert.Equal(ResponseCode.ServerFailure, Assert.IsType<UpdateOutcome.Refused>(Assert.Single(server.Update("add a 60 A 192.0.2.2"))).Code);
    }

    private static readonly string[] Owners = ["@", "www", "mail", "a.b", "b", "ns1", "gen1", "part", "own", "*.w"];

    private static readonly string[] Data = ["A 192.0.2.1", "A 192.0.2.2", "A 192.0.2.3", "TXT x", "TXT \"y z\"", "MX 10 mail", "NS ns1", "NS ns2", "CNAME mail", "AAAA 2001:db8::1", "SVCB 1 . alpn=h2 port=9443", "SVCB 1 . port=8443 alpn=h2", "SVCB 2 mail port=1", "CSYNC 66 3 MX A NS", "CSYNC 66 3 AAAA A NS", "SOA ns1 hostmaster 12 1 2 3 4"];

    private static Gen<string> Command =>
        from what in Gen.Elements("add", "add", "add", "delete1", "delete2", "delete3", "delete3")
        from owner in Gen.Elements(Owners)
        from ttl in Gen.Elements("60", "3600")
        from data in Gen.Elements(Data)
        select what switch
        {
            "add" => $"add {owner} {ttl} {data}",
            "delete1" => $"delete {owner}",
            "delete2" => $"delete {owner} {data.Split(' ')[0]}",
            _ => $"delete {owner} {data}",
        };

    private static readonly string[] Heads =
    [
        "$TTL 3600\n@ SOA ns1 hostmaster 10 1 2 3 4\n  NS ns1\n", // TTL, owners inherited
        "@ 60 IN SOA ns1 hostmaster 10 1 2 3 4\n@ NS ns1\n", // no $TTL: each line takes it from the one before
        "@ SOA ns1 hostmaster ( 10 1\n 2 3 4 ) ; from the minimum\n\tIN\tNS\tns1\n",
    ];

    private static readonly string[] Bodies =
    [
        "ns1 A 192.0.2.53\nwww A 192.0.2.1\n    A 192.0.2.2 ; two\n    TXT ( \"y\" z ) ; old (2019) value\n    SVCB 1 . port=8443 ( alpn=h2 ) ; (one)\n    CSYNC 66 3 AAAA A NS\n; mail\nmail 60 A 192.0.2.1\n $INCLUDE",
        "ns1 A 192.0.2.53\n$INCLUDE parts/own\nwww TXT \"x\" ( y ) ; an (old) value\n  60 MX 10 mail\nmail SVCB 1 . ipv4hint=192.0.2.1 port=1 alpn=h2\nmail A 192.0.2.1\nmail A 192.0.2.1\n$ORIGIN b.example.org.\na TXT \"y z\"\n  60 A 192.0.2.3\n",
        "ns1 A 192.0.2.53\n$GENERATE 1-3 gen$ A 192.0.2.$\n$INCLUDE parts/shared\n  A 192.0.2.2\nb 60 A 192.0.2.2\nb 3600 A 192.0.2.3\n$INCLUDE example.org.dynamic\nmail 60 A 192.0.2.3\n",
    ];

    [Fact]
    public void Whatever_the_zone_and_the_updates_the_files_read_anew_are_what_is_served() => Prop.ForAll(
        Gen.Choose(0, Heads.Length * Bodies.Length - 1).ToArbitrary(), Command.NonEmptyListOf().NonEmptyListOf().ToArbitrary(), (which, updates) =>
        {
            var text = Heads[which % Heads.Length] + Bodies[which / Heads.Length].Replace(" $INCLUDE", "", StringComparison.Ordinal);
            var server = UpdatedServer.Of(
                ("example.org", text), ("parts/own", "own A 192.0.2.1\n  TXT x\n"), ("parts/shared", "part A 192.0.2.1\n"), ("example.org.dynamic", ""),
                ("example.net", "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n$INCLUDE parts/shared\n"));
            var before = server.Server.State;
            server.Update(updates.Select(update => string.Join(';', update)));

            // Following the branch from what was served before gives the same octets of the journal, so a crash before the journal loses nothing.
            var following = Following.Of(server.Server.Store, before, server.Server.State.Commit, strictSerials: false, TestRepository.Server);
            Assert.Equal(following.Next.Journal.Tip, server.Server.State.Journal.Tip);
            Assert.Equal(Zones.Lines(following.Next.Zones[Zones.Name("example.org")].Zone), Zones.Lines(server.Version.Zone));
            Assert.Equal(following.Next.Tree.Entries, server.Server.State.Tree.Entries);
            UpdateTextTests.AssertReadsAsServed(server);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
