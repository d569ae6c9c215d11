using Riad.Dns.Zones;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Tests.Serving;

public sealed class PushCheckTests
{
    [Fact]
    public void A_push_says_what_changed()
    {
        var server = new Server();
        server.Repository.Put("example.org", Zones.Text(2026112001, "www A 192.0.2.1\n")).Put("README.md", "# Zones").Put("_keys", "secret");

        Assert.Equal(["example.org: serial 2026112001, new zone, 4 records", "README.md: ignored: a document by its name"], server.Push());

        server.Repository.Put("example.org", Zones.Text(2026112002, "www A 192.0.2.2\n"));
        Assert.Equal(["example.org: serial 2026112002, 1 record changed"], server.Push());
        Assert.Equal(2026112002u, server.SerialOf("example.org"));
    }

    [Fact]
    public void Every_fault_is_said_with_its_place_and_nothing_changes()
    {
        var server = new Server();
        server.Repository.Put("example.org", Zones.Text(1));
        server.Push();
        var before = server.State;

        server.Repository.Put("example.org", Zones.Text(2, "www AAAAA ::1\nx A 192.0.2.1\nx CNAME www\n")).Put("other.zone", "");

        var lines = server.PushRefused();
        Assert.Equal("example.org:5:5: 'AAAAA' is not a record type; write TYPEnnn for an unlisted one", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("other.zone:1:1: ", StringComparison.Ordinal));
        Assert.Same(before, server.State);
    }

    [Fact]
    public void The_serial_of_a_signed_zone_is_its_signers()
    {
        const string Signature = "@ RRSIG SOA 13 2 60 20300101000000 20200101000000 1 example.org. AAAA\n@ NSEC @ NS SOA RRSIG NSEC\n";
        const string What = "the zone is signed, so the server cannot raise it: write 6 or a later one and sign the zone again";
        var server = new Server();
        server.Repository.Put("example.org", Zones.Text(5, Signature));
        server.Push();

        server.Repository.Put("example.org", Zones.Text(5, Signature.Replace("AAAA", "BBBB")));
        Assert.Contains($"records changed, and serial 5 was served already; {What}", Assert.Single(server.PushRefused()), StringComparison.Ordinal);
        server.Repository.Put("example.org", Zones.Text(4, Signature.Replace("AAAA", "BBBB")));
        Assert.Contains($"serial 4 is older than 5, which was served; {What}", Assert.Single(server.PushRefused()), StringComparison.Ordinal);
        server.Repository.Put("example.org", Zones.Text(6, Signature.Replace("AAAA", "BBBB")));
        Assert.Equal(["example.org: serial 6, 1 record changed"], server.Push());
        server.Repository.Put("example.org", Zones.Text(6, Signature.Replace("AAAA", "BBBB") + "; a comment\n"));
        Assert.Equal(["example.org: serial 6 stays, no record changed"], server.Push());
    }

    [Fact]
    public void A_forgotten_serial_is_raised_and_the_person_need_not_do_anything()
    {
        var server = new Server();
        server.Repository.Put("example.org", Zones.Text(5));
        server.Push();

        server.Repository.Put("example.org", Zones.Text(5, "a A 192.0.2.1\n"));
        Assert.Equal(["example.org: serial 6, 1 record changed; the file still says 5, so the server raised the serial; there is nothing to do"], server.Push());
        Assert.Equal(6u, server.SerialOf("example.org"));

        server.Repository.Put("example.org", Zones.Text(5, "a A 192.0.2.1\n; a comment\n"));
        var tip = server.State.Journal.Tip;
        Assert.Equal(["example.org: serial 6 stays, no record changed"], server.Push());
        Assert.Equal((6u, tip), (server.SerialOf("example.org"), server.State.Journal.Tip));

        server.Repository.Put("example.org", Zones.Text(4, "a A 192.0.2.2\n"));
        Assert.Equal(
            [
                "example.org: serial 7, 1 record changed; the file says 4, so the server raised the serial after 6; there is nothing to do",
                "example.org:2:22: warning: serial 4 is not newer than 6, which was served; write 7 or a later one",
            ],
            server.Push());
    }

    [Fact]
    public void Strict_serials_refuse_at_the_place_of_the_serial()
    {
        var server = new Server(strict: true);
        server.Repository.Put("example.org", Zones.Text(5));
        server.Push();

        server.Repository.Put("example.org", Zones.Text(5, "a A 192.0.2.1\n"));
        Assert.Equal(["example.org:2:22: records changed, and serial 5 was served already; write 6 or a later one (--serial strict)"], server.PushRefused());
        server.Repository.Put("example.org", Zones.Text(4));
        Assert.Equal(["example.org:2:22: serial 4 is older than 5, which was served; write 6 or a later one (--serial strict)"], server.PushRefused());
    }

    [Fact]
    public void A_serial_that_jumps_needs_to_be_meant()
    {
        var server = new Server();
        server.Repository.Put("example.org", Zones.Text(5));
        server.Push();

        server.Repository.Put("example.org", Zones.Text(2026112001));
        Assert.Equal(["example.org:2:22: serial 2026112001 is more than 2^30 ahead of 5, which was served; write a nearer one, or push with -o serial-jump"], server.PushRefused());
        Assert.Equal(["example.org: serial 2026112001, no record changed"], server.Push(new() { SerialJump = true }));
    }

    [Fact]
    public void A_changed_include_raises_every_zone_that_uses_it()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(1, "$INCLUDE parts/mail\n")).Put("b.example", Zones.Text(7, "$INCLUDE parts/mail\n")).Put("c.example", Zones.Text(9));
        server.Repository.Put("parts/mail", "@ MX 10 mail.example.net.\n");
        server.Push();

        server.Repository.Put("parts/mail", "@ MX 20 mail.example.net.\n");
        server.Push();

        Assert.Equal((2u, 8u, 9u), (server.SerialOf("a.example"), server.SerialOf("b.example"), server.SerialOf("c.example")));
    }

    [Theory]
    [InlineData("parts", "is a folder", "$INCLUDE parts\n")]
    [InlineData("a link", "a symbolic link", "$INCLUDE link\n")]
    [InlineData("through a link", "a symbolic link", "$INCLUDE linked/file\n")]
    [InlineData("leaving", "..", "$INCLUDE ../file\n")]
    [InlineData("keys", "_keys", "$INCLUDE _keys\n")]
    [InlineData("keys by another name", "_keys", "$INCLUDE parts/example.org._keys\n")]
    [InlineData("missing", "missing", "$INCLUDE missing\n")]
    [InlineData("itself", "include", "$INCLUDE example.org\n")]
    public void An_include_that_cannot_be_had_is_refused(string why, string part, string line)
    {
        var server = new Server();
        server.Repository.Put("example.org", Zones.Text(1, line)).Put("parts/file", "; nothing\n").Link("link", "parts/file").Link("linked", "parts").Put("_keys", "top secret");

        var lines = server.PushRefused();

        Assert.True(lines.Any(said => said.StartsWith("example.org:5:", StringComparison.Ordinal) && said.Contains(part, StringComparison.OrdinalIgnoreCase)), $"{why}: {string.Join('\n', lines)}");
        Assert.DoesNotContain(lines, said => said.Contains("top secret", StringComparison.Ordinal));
    }

    [Fact]
    public void An_included_file_with_an_SOA_record_is_no_zone()
    {
        var server = new Server();
        server.Repository.Put("example.org.zone", "$INCLUDE soa\n@ NS ns1\nns1 A 192.0.2.53\n").Put("soa", "@ 60 SOA ns1 hostmaster 1 1 1 1 1\n$TTL 60\n");

        Assert.Equal(["example.org: serial 1, new zone, 3 records"], server.Push());
        Assert.IsType<ZoneTreeEntry.IncludedOnly>(server.State.Tree.Find("soa"));
    }

    [Fact]
    public void One_zone_may_be_removed_several_only_when_it_is_meant()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(1)).Put("b.example", Zones.Text(2)).Put("c.example", Zones.Text(3));
        server.Push();

        server.Repository.Remove("a.example");
        Assert.Equal(["a.example: removed, last serial 1"], server.Push());
        server.Repository.Remove("b.example").Remove("c.example");
        Assert.Equal(["2 zones would be removed: b.example, c.example; if that is meant, push with -o delete-zones, or write the line 'Delete-Zones: yes' into a commit's message"], server.PushRefused());
        Assert.Equal(["b.example: removed, last serial 2", "c.example: removed, last serial 3"], server.Push(new() { DeleteZones = true }));
        Assert.Empty(server.State.Zones);
    }

    [Fact]
    public void A_zone_that_comes_back_goes_on_from_its_last_serial()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(7));
        server.Push();
        server.Repository.Remove("a.example");
        server.Push();
        server.Restart();

        server.Repository.Put("a.example", Zones.Text(1));
        server.Push();

        Assert.Equal(8u, server.SerialOf("a.example"));
    }

    [Fact]
    public void A_zone_whose_SOA_record_is_lost_is_a_fault_and_not_a_removal()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(7));
        server.Push();

        server.Repository.Put("a.example", "@ NS ns1\n");

        Assert.Contains(server.PushRefused(), line => line.StartsWith("a.example:", StringComparison.Ordinal));
    }

    [Fact]
    public void Renaming_a_file_changes_nothing_that_is_served()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(7));
        server.Push();

        server.Repository.Remove("a.example").Put("a.example.zone", Zones.Text(7));

        Assert.Equal(["a.example: serial 7 stays, no record changed"], server.Push());
        Assert.Equal("a.example.zone", server.State.Zones[Zones.Name("a.example")].Path);
    }

    [Fact]
    public void A_check_says_the_same_and_leaves_everything()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(7));

        var accepted = Assert.IsType<PushVerdict.Accepted>(server.Judge(new() { CheckOnly = true }));

        Assert.True(accepted.CheckOnly);
        Assert.Equal(["a.example: serial 7, new zone, 3 records", "only checked: nothing was changed"], accepted.Lines.AsEnumerable());
    }

    [Fact]
    public void Only_what_changed_is_read_among_a_thousand_zones()
    {
        var server = new Server();
        foreach (var number in Enumerable.Range(0, 1000))
            server.Repository.Put($"z{number}.example", Zones.Text(1));
        server.Push();
        var before = server.State.Zones;

        server.Repository.Put("z500.example", Zones.Text(2, "www A 192.0.2.1\n"));

        Assert.Equal(["z500.example: serial 2, 1 record changed"], server.Push());
        Assert.Equal(999, server.State.Zones.Count(zone => ReferenceEquals(zone.Value, before[zone.Key])));
        Assert.Equal(1000, server.State.ToZoneSet().Count);
    }

    [Fact]
    public void Output_is_bounded()
    {
        var server = new Server();
        foreach (var number in Enumerable.Range(0, 500))
            server.Repository.Put($"z{number:D3}.example", Zones.Text(1));

        var lines = server.Push();

        Assert.Equal(OutputLines.Max, lines.Count);
        Assert.Equal("... and 301 more lines", lines[^1]);
    }

    [Fact]
    public void A_commit_that_is_not_there_is_refused()
    {
        var lines = Assert.IsType<PushVerdict.Refused>(PushCheck.Judge(new Git.Objects.MemoryObjectStore(), ServedState.Empty, default, default, false, TestRepository.Server)).Lines.AsEnumerable();

        Assert.Equal(["commit 0000000000000000000000000000000000000000 cannot be read"], lines);
    }

    [Fact]
    public void A_zone_that_was_never_good_is_answered_with_a_failure()
    {
        var server = new Server();
        server.Repository.Put("bad.zone", "nothing good").Put("a.example", Zones.Text(1));

        var following = server.Follow(server.Repository.Commit());

        Assert.Equal(ZoneAbsence.Invalid, following.Next.ToZoneSet().Find(Zones.Name("bad"))?.Absence);
        Assert.NotNull(following.Next.ToZoneSet().Find(Zones.Name("a.example"))?.Zone);
    }

    [Theory]
    [InlineData("check,serial-jump", true, false, true, null)]
    [InlineData("delete-zones", false, true, false, null)]
    [InlineData("", false, false, false, null)]
    [InlineData("chekc", false, false, false, "'chekc' is not a push option; there are check, delete-zones and serial-jump")]
    public void Push_options_are_known_by_name(string written, bool check, bool deleteZones, bool jump, string? expected)
    {
        Assert.Equal(expected is null, PushOptions.TryParse(written.Split(',', StringSplitOptions.RemoveEmptyEntries), out var options, out var fault));
        Assert.Equal((new PushOptions(check, deleteZones, jump), expected), (options, fault));
    }
}
