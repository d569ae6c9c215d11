using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.Git.Trees;
using Riad.ZoneRepository.Copies;

namespace Riad.ZoneRepository.Tests.Copies;

/// <summary>What a secondary keeps: whole versions, differences since, and what is left when something is damaged.</summary>
public sealed class CopyTests
{
    private const string Folder = "zones/0a/example.org"; // 0a: printf example.org | git hash-object --stdin
    private static readonly DomainName Apex = Zones.Name("example.org");
    private static readonly DateTimeOffset Then = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private readonly MemoryObjectStore store = new();
    private ZoneCopies copies = ZoneCopies.Empty;

    [Fact]
    public void A_whole_version_is_a_master_file_and_an_account()
    {
        Append(Whole(Version(1)));

        Assert.Equal("riad copies 1\n", Text("format"));
        Assert.Equal(
            """
            example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 1 7200 900 1209600 300
            example.org. 3600 IN NS ns1.example.org.
            ns1.example.org. 3600 IN A 192.0.2.53
            www.example.org. 3600 IN A 192.0.2.1

            """,
            Text($"{Folder}/zone"));
        Assert.Equal(
            """
            zone example.org.
            because given
            serial 1
            primary 192.0.2.1:53
            contact 2024-10-04T00:00:00Z
            expires 2024-10-18T00:00:00Z

            """,
            Text($"{Folder}/account"));
        Assert.Equal("example.org: serial 1, AXFR from 192.0.2.1:53, 4 records\n", ReadCommit().Message);
    }

    [Fact]
    public void Differences_are_files_of_their_own_beside_the_whole_version()
    {
        Append(Whole(Version(1)));
        var whole = Text($"{Folder}/zone");
        Append(Steps(Version(3), Step(1, 2), Step(2, 3)));

        Assert.Equal(whole, Text($"{Folder}/zone"));
        Assert.Equal(
            """
            zone example.org.
            changed 2 3
            records 1
            -example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 2 7200 900 1209600 300
            -www.example.org. 3600 IN A 192.0.2.2
            +example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 3 7200 900 1209600 300
            +www.example.org. 3600 IN A 192.0.2.3

            """,
            Text($"{Folder}/changes/000002"));
        Assert.Equal("example.org: serial 3, IXFR from 192.0.2.1:53, 2 records added, 2 removed\n", ReadCommit().Message);
        var copy = Read(Apex);
        Assert.Equal(Zones.Lines(Version(3)), Zones.Lines(copy.Zone));
        Assert.Equal([1u, 2u], copy.Steps.Select(step => step.From.Value));
    }

    [Fact]
    public void One_record_of_a_large_zone_writes_little()
    {
        Append(Whole(Version(1, hosts: 20_000)));
        var writing = Append(Steps(Version(2, hosts: 20_000), Step(1, 2)));

        Assert.InRange(writing.Objects.Sum(written => written.Content.Length), 1, 3000);
    }

    [Fact]
    public void The_whole_version_is_written_again_when_the_changes_have_grown_to_a_quarter_of_the_zone()
    {
        Append(Whole(Version(1, hosts: 1000)));
        var (serial, whole) = (1u, Text($"{Folder}/zone"));
        for (; Text($"{Folder}/zone") == whole; serial++)
            Append(Steps(Version(serial + 1, hosts: 1000), Step(serial, serial + 1, more: 40)));

        Assert.Equal(5u, serial); // four steps of 82 records are more than a quarter of 1,004
        Assert.Null(TreePath.Find(store, ReadCommit().Tree, $"{Folder}/changes"));
        Assert.Equal(serial, Read(Apex).Zone.Serial.Value);
    }

    [Fact]
    public void The_whole_version_is_written_again_after_a_hundred_changes()
    {
        Append(Whole(Version(1, hosts: 5000)));
        for (uint serial = 1; serial <= 100; serial++)
            Append(Steps(Version(serial + 1, hosts: 5000), Step(serial, serial + 1)));
        Assert.NotNull(TreePath.Find(store, ReadCommit().Tree, $"{Folder}/changes/000100"));
        Assert.Equal(Zones.Lines(Version(101, hosts: 5000)), Zones.Lines(Read(Apex).Zone));

        Append(Steps(Version(102, hosts: 5000), Step(101, 102)));
        Assert.Null(TreePath.Find(store, ReadCommit().Tree, $"{Folder}/changes"));
        Assert.Equal(Zones.Lines(Version(102, hosts: 5000)), Zones.Lines(Read(Apex).Zone));
    }

    [Fact]
    public void Steps_that_do_not_follow_on_what_is_kept_are_written_as_the_whole_version()
    {
        Append(Whole(Version(1)));
        Append(Steps(Version(8), Step(7, 8)));

        Assert.Equal(8u, Read(Apex).Zone.Serial.Value);
        Assert.Empty(Read(Apex).Steps);
    }

    [Fact]
    public void A_zone_that_is_left_goes_and_its_history_stays()
    {
        Append(Whole(Version(1)));
        var before = copies.Tip;
        Append(new CopyChange.Removed(Apex));

        Assert.Equal("example.org: no longer followed\n", ReadCommit().Message);
        Assert.Equal([before], ReadCommit().Parents.AsEnumerable());
        Assert.Empty(List());
        Append(Steps(Version(2), Step(1, 2)));
        Assert.Empty(Read(Apex).Steps);
    }

    [Fact]
    public void Zones_that_change_together_share_a_commit()
    {
        Append([.. Enumerable.Range(0, 200).Select(number => Whole(Version(1, apex: $"z{number:D3}.test")))]);

        Assert.StartsWith("200 zones: z000.test, z001.test, z002.test and 197 more\n\nz000.test: serial 1, AXFR", ReadCommit().Message, StringComparison.Ordinal);
        Assert.EndsWith("\nand 100 more\n", ReadCommit().Message, StringComparison.Ordinal);
        Assert.Equal(200, List().Length);
    }

    [Fact]
    public void After_a_restart_differences_go_on_where_they_were()
    {
        Append(Whole(Version(1)));
        Append(Steps(Version(2), Step(1, 2)));
        copies = ZoneCopies.Of(copies.Tip, [Read(Apex)]);
        Append(Steps(Version(3), Step(2, 3)));

        Assert.Equal([1u, 2u], Read(Apex).Steps.Select(step => step.From.Value));
        Assert.Equal(3u, Read(Apex).Zone.Serial.Value);
    }

    public static TheoryData<string, string, string?, CopyFault> Damages => new()
    {
        // why                                    file               its text now                                        fault
        { "no account",                           "account",         null,                                               CopyFault.Missing },
        { "an account that is none",              "account",         "zone\n",                                           CopyFault.BadAccount },
        { "the account of another zone",          "account",         Account("example.net", 2),                          CopyFault.BadAccount },
        { "the account of another version",       "account",         Account("example.org", 3),                          CopyFault.WrongSerial },
        { "no whole version",                     "zone",            null,                                               CopyFault.Missing },
        { "half a whole version",                 "zone",            "example.org. 3600 IN SOA ns1.exam",                CopyFault.BadZone },
        { "a whole version without SOA",          "zone",            "example.org. 3600 IN NS ns1.example.org.\n",       CopyFault.BadZone },
        { "records of another zone",              "zone",            "example.net. 3600 IN SOA a. b. 1 2 3 4 5\n",       CopyFault.BadZone },
        { "a change that is none",                "changes/000001",  "zone example.org.\n",                              CopyFault.BadChange },
        { "a change of another kind",             "changes/000001",  "zone example.org.\ncreated 1\nrecords 1\n",        CopyFault.BadChange },
        { "a change is missing before another",   "changes/000002",  "",                                                 CopyFault.BadChange },
        { "a change from another version",        "changes/000001",  Change(7, 2, "192.0.2.1"),                          CopyFault.DoesNotApply },
        { "a change of what is not there",        "changes/000001",  Change(1, 2, "192.0.2.99"),                         CopyFault.DoesNotApply },
    };

    [Theory, MemberData(nameof(Damages))]
    public void A_damaged_copy_is_refused_with_its_file_and_the_other_zones_are_read(string why, string file, string? text, CopyFault fault)
    {
        Append(Whole(Version(1)), Whole(Version(1, apex: "good.test")));
        Append(Steps(Version(2), Step(1, 2)));
        var damaged = Commit(new PathEdit($"{Folder}/{file}", EntryMode.File, text is null ? default : store.Add(ObjectKind.Blob, Encoding.UTF8.GetBytes(text))));

        Assert.True(CopyReader.TryList(store, damaged, out var zones, out _), why);
        Assert.Equal(2, zones.Length);
        Assert.True(CopyReader.TryRead(store, damaged, Zones.Name("good.test"), out _, out _), why);
        Assert.False(CopyReader.TryRead(store, damaged, Apex, out _, out var error), why);
        Assert.Equal((why, fault), (why, error.Fault));
        Assert.StartsWith(Folder, error.Where, StringComparison.Ordinal);
        Assert.Contains(Folder, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_copy_is_replaced_by_the_next_version()
    {
        Append(Whole(Version(1)));
        var damaged = Commit(new PathEdit($"{Folder}/zone", EntryMode.File, store.Add(ObjectKind.Blob, "x"u8.ToArray())));
        copies = ZoneCopies.Of(damaged, []);
        Append(Steps(Version(2), Step(1, 2)));

        Assert.Equal(Zones.Lines(Version(2)), Zones.Lines(Read(Apex).Zone));
    }

    [Fact]
    public void A_repository_of_another_format_is_not_read()
    {
        Append(Whole(Version(1)));
        var other = Commit(new PathEdit("format", EntryMode.File, store.Add(ObjectKind.Blob, "riad copies 2\n"u8.ToArray())));

        Assert.False(CopyReader.TryList(store, other, out _, out var error));
        Assert.Equal("format says 'riad copies 2', and this program knows 'riad copies 1'", error.ToString());
        Assert.False(CopyReader.TryList(new MemoryObjectStore(), copies.Tip, out _, out error));
        Assert.Equal(CopyFault.Missing, error.Fault);
    }

    private static string Account(string zone, uint serial) => $"zone {zone}.\nbecause given\nserial {serial}\nprimary 192.0.2.1:53\ncontact 2024-10-04T00:00:00Z\nexpires 2024-10-18T00:00:00Z\n";

    private static string Change(uint from, uint to, string removed) =>
        $"zone example.org.\nchanged {from} {to}\nrecords 1\n-{Soa(from)}\n-www.example.org. 3600 IN A {removed}\n+{Soa(to)}\n+www.example.org. 3600 IN A 192.0.2.2\n";

    private static string Soa(uint serial) => $"example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. {serial} 7200 900 1209600 300";

    private static Zone Version(uint serial, int hosts = 0, string apex = "example.org") => Zones.Read(
        apex, Zones.Text(serial, $"www A 192.0.2.{serial}\n{string.Concat(Enumerable.Range(0, hosts).Select(number => string.Create(CultureInfo.InvariantCulture, $"h{number} A 198.51.100.1\n")))}"));

    private static CopyChange.Version Whole(Zone zone) => Steps(zone);

    private static CopyChange.Version Steps(Zone zone, params ZoneStep[] steps) => new(new(zone.Apex, new ZoneOrigin.Given(), zone.Serial, "192.0.2.1:53", Then, Then.AddDays(14)), zone, [.. steps]);

    /// <summary>A step that changes the address of www, and removes and adds as many records more.</summary>
    private static ZoneStep Step(uint from, uint to, int more = 0) => new(
        SoaOf(from), SoaOf(to),
        [Www(from), .. Enumerable.Range(0, more).Select(Host)],
        [Www(to), .. Enumerable.Range(0, more).Select(Host)]);

    private static ResourceRecord SoaOf(uint serial) =>
        ResourceRecord.Create(Apex, RrTypes.Soa, new(3600), new Soa(Zones.Name("ns1.example.org"), Zones.Name("hostmaster.example.org"), new(serial), 7200, 900, 1209600, 300));

    private static ResourceRecord Www(uint serial) => ResourceRecord.Create(Zones.Name("www.example.org"), RrTypes.A, new(3600), new IPv4Address(0xc000_0200 + serial));

    private static ResourceRecord Host(int number) =>
        ResourceRecord.Create(Zones.Name(string.Create(CultureInfo.InvariantCulture, $"h{number}.example.org")), RrTypes.A, new(3600), new IPv4Address(0xc633_6401));

    private CopyWriting Append(params CopyChange[] changes)
    {
        Assert.True(copies.TryAppend(store, changes, TestRepository.Server, out copies, out var writing, out var error), error.ToString());
        foreach (var added in writing.Objects)
            store.Add(added);
        Assert.Equal(copies.Tip, writing.Commit);
        return writing;
    }

    private ObjectId Commit(PathEdit edit)
    {
        Assert.True(TreeEdit.TryApply(store, ReadCommit().Tree, [edit], out var edited, out var error), error.ToString());
        foreach (var tree in edited.NewTrees)
            store.Add(tree);
        return store.Add(ObjectKind.Commit, Git.Objects.Commit.Create(edited.Root, [copies.Tip], TestRepository.Someone, TestRepository.Someone, "damage").Octets);
    }

    private ImmutableArray<DomainName> List()
    {
        Assert.True(CopyReader.TryList(store, copies.Tip, out var zones, out var error), error.ToString());
        return zones;
    }

    private ZoneCopy Read(DomainName apex)
    {
        Assert.True(CopyReader.TryRead(store, copies.Tip, apex, out var copy, out var error), error.ToString());
        return copy;
    }

    private Commit ReadCommit()
    {
        Assert.True(store.TryRead(copies.Tip, out _, out var content) && Git.Objects.Commit.TryParse(content, out _, out _));
        return Git.Objects.Commit.TryParse(content, out var commit, out _) ? commit : throw new InvalidOperationException();
    }

    private string Text(string path) => TreePath.Find(store, ReadCommit().Tree, path) is { } entry && store.TryRead(entry.Id, out _, out var content) ? Encoding.UTF8.GetString(content.Span) : "";
}
