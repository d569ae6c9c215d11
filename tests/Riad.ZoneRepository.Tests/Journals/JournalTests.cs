using System.Text;
using Riad.Core;
using Riad.Git.Objects;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Tests.Journals;

public sealed class JournalTests
{
    private static readonly ObjectId Blob = GitObject.Create(ObjectKind.Blob, "a zone"u8.ToArray()).Id;

    [Fact]
    public void An_entry_is_a_commit_whose_parents_are_the_entry_before_and_the_served_commit()
    {
        var repository = new TestRepository();
        var first = repository.Commit();
        var journal = Append(repository.Store, Journal.Empty, Created(first, "example.org", 1));
        var second = repository.Commit();
        var next = Append(repository.Store, journal, Created(second, "example.net", 5));

        Assert.Equal([first], ReadCommit(repository.Store, journal.Tip).Parents.AsEnumerable());
        Assert.Equal([journal.Tip, second], ReadCommit(repository.Store, next.Tip).Parents.AsEnumerable());
        Assert.Equal("Serve example.net\n\nexample.net: serial 5, new zone, 3 records\n", ReadCommit(repository.Store, next.Tip).Message);
    }

    [Fact]
    public void The_octets_of_an_entry_are_these()
    {
        var served = ObjectId.TryParse("1f0c4d6a7b8e9f00112233445566778899aabbcc", out var id) ? id : default;
        var journal = Append(new(), Journal.Empty, Created(served, "example.org", 2026112001));

        // By git 2.39 (hash-object, mktree, commit-tree) from texts written by hand.
        Assert.Equal("5f0c2e421a5a9804be8ec1c455e0b08ffaed04f2", journal.Tip.ToString());
    }

    [Fact]
    public void What_was_written_reads_back()
    {
        var repository = new TestRepository();
        var commit = repository.Commit();
        var journal = Append(repository.Store, Journal.Empty, Created(commit, "example.org", 1), Created(commit, "0/26.2.0.192.in-addr.arpa", 2), Created(commit, ".", 3));
        var (apex, last) = (Zones.Name("example.org"), repository.Commit());
        var expected = Append(repository.Store, journal, new JournalEntry(last, [new ZoneChange.Removed(apex, new(1))], [new JournalZone.Removed(apex, new(new(1), new(1)), last)]));

        Assert.True(Journal.TryRead(repository.Store, expected.Tip, out var read, out var error), error.ToString());

        Assert.Equal(expected.Zones, read.Zones);
        Assert.Equal((expected.Tip, last), (read.Tip, read.ServedCommit));
        Assert.Equal(3, read.Zones.Count);
        Assert.IsType<JournalZone.Removed>(read.Zones[Zones.Name("EXAMPLE.org")]);
    }

    [Fact]
    public void An_entry_among_ten_thousand_zones_writes_few_objects()
    {
        var repository = new TestRepository();
        var commit = repository.Commit();
        var journal = Append(repository.Store, Journal.Empty, [.. Enumerable.Range(0, 10_000).Select(number => Created(commit, $"zone{number}.example", 1))]);

        Assert.True(journal.TryAppend(repository.Store, Created(repository.Commit(), "zone77.example", 2), TestRepository.Server, out _, out var writing, out _));

        Assert.InRange(writing.Objects.Length, 1, 8);
        Assert.InRange(writing.Objects.Sum(added => added.Content.Length), 1, 16_000);
    }

    [Fact]
    public void The_same_arguments_give_the_same_octets()
    {
        var repository = new TestRepository();
        var commit = repository.Commit();
        var entries = Enumerable.Range(0, 100).Select(number => Created(commit, $"z{number}.example", 1)).ToArray();

        Assert.Equal(Append(repository.Store, Journal.Empty, entries).Tip, Append(repository.Store, Journal.Empty, entries).Tip);
    }

    [Fact]
    public void Differences_lead_from_an_older_serial_to_the_served_one()
    {
        var (store, journal) = FourVersions();

        Assert.True(JournalHistory.TryFindDifferences(store, journal.Tip, Zones.Name("example.org"), new(2), 100, 100, out var differences));
        Assert.Equal([(2u, 3u), (3u, 4u)], differences.Select(difference => (difference.OldSerial.Value, difference.NewSerial.Value)));
        Assert.Equal("+n4.example.org. 3600 IN A 192.0.2.1", differences[1].ToLines().Last());
        Assert.True(JournalHistory.TryFindDifferences(store, journal.Tip, Zones.Name("example.org"), new(4), 100, 100, out var none));
        Assert.Empty(none);
    }

    [Theory]
    [InlineData("a serial that was never served", "example.org", 99, 100, 100)]
    [InlineData("before the first version", "example.org", 0, 100, 100)]
    [InlineData("too far back", "example.org", 1, 2, 100)]
    [InlineData("too many records", "example.org", 1, 100, 2)]
    [InlineData("another zone", "example.net", 1, 100, 100)]
    public void The_whole_zone_must_be_sent(string why, string apex, uint from, int maxVisited, int maxRecords)
    {
        var (store, journal) = FourVersions();

        Assert.False(JournalHistory.TryFindDifferences(store, journal.Tip, Zones.Name(apex), new(from), maxVisited, maxRecords, out _), why);
    }

    [Fact]
    public void History_is_read_newest_first_and_for_one_zone()
    {
        var (store, journal) = FourVersions();

        var all = JournalHistory.Read(store, journal.Tip, null, 10, 100);
        var other = JournalHistory.Read(store, journal.Tip, Zones.Name("other.example"), 10, 100);

        Assert.Equal(
            [
                "other.example: serial 9, new zone, 3 records", "example.org: serial 4, 1 record changed", "example.org: serial 3, 1 record changed",
                "example.org: serial 2, 1 record changed", "example.org: serial 1, new zone, 3 records",
            ],
            all.Select(entry => entry.Changes.Single().Summary));
        Assert.Equal("other.example: serial 9, new zone, 3 records", Assert.Single(other).Changes.Single().Summary);
        Assert.Equal(("Ada", "A change", 1_795_000_060), (all[0].Author?.Name, all[0].Subject, all[0].ServedAt.ToUnixTimeSeconds()));
        Assert.Equal(2, JournalHistory.Read(store, journal.Tip, null, 2, 100).Length);
        Assert.Single(JournalHistory.Read(store, journal.Tip, null, 10, 1));
    }

    [Fact]
    public void A_newer_format_is_refused_by_name()
    {
        var repository = new TestRepository().Put("format", "riad journal 2\n");

        Assert.False(Journal.TryRead(repository.Store, NewEntryOf(repository), out _, out var error));
        Assert.Equal("the journal is of format 'riad journal 2', and this program knows 'riad journal 1'; run the newer version that wrote it", error.ToString());
    }

    [Theory]
    [InlineData("zones/ab/example.org", "no account", JournalFault.BadZone)]
    [InlineData("zones", "no folder", JournalFault.Missing)]
    [InlineData("something", "else", JournalFault.Missing)]
    public void A_journal_that_is_not_whole_is_refused_by_name(string path, string text, JournalFault expected)
    {
        var repository = new TestRepository().Put("format", "riad journal 1\n").Put(path, text);

        Assert.False(Journal.TryRead(repository.Store, NewEntryOf(repository), out var journal, out var error));
        Assert.Equal(expected, error.Fault);
        Assert.True(journal.Tip.IsZero);
    }

    [Fact]
    public void A_commit_without_parents_is_no_entry()
    {
        var repository = new TestRepository().Put("format", "riad journal 1\n");

        Assert.False(Journal.TryRead(repository.Store, repository.Commit(), out _, out var error));
        Assert.Equal(JournalFault.BadParents, error.Fault);
    }

    private static ObjectId NewEntryOf(TestRepository repository)
    {
        repository.Commit();
        return repository.Commit();
    }

    private static (MemoryObjectStore Store, Journal Journal) FourVersions()
    {
        var repository = new TestRepository();
        var journal = Append(repository.Store, Journal.Empty, Created(repository.Commit(), "example.org", 1));
        foreach (var serial in (uint[])[2, 3, 4])
        {
            var old = Zones.Read("example.org", Zones.Text(serial - 1, Added(serial - 1)));
            var next = Zones.Read("example.org", Zones.Text(serial, Added(serial)));
            var commit = repository.Commit();
            journal = Append(repository.Store, journal, new JournalEntry(commit, [ZoneChange.Of(ZoneDifference.Between(old, next, 100))], [Known(commit, "example.org", serial)]));
        }
        return (repository.Store, Append(repository.Store, journal, Created(repository.Commit(), "other.example", 9)));
    }

    private static string Added(uint serial) => string.Concat(Enumerable.Range(2, (int)serial - 1).Select(number => $"n{number} A 192.0.2.1\n"));

    private static JournalZone.Served Known(ObjectId commit, string apex, uint serial) =>
        new JournalZone.Served(Zones.Name(apex), new(new(serial), new(serial)), commit, [new(apex, Blob)]);

    private static JournalEntry Created(ObjectId commit, string apex, uint serial) =>
        new(commit, [new ZoneChange.Created(Zones.Name(apex), new(serial), 3)], [Known(commit, apex, serial)]);

    private static Journal Append(MemoryObjectStore store, Journal journal, params JournalEntry[] entries)
    {
        var entry = new JournalEntry(entries[0].Commit, entries.SelectMany(one => one.Changes).ToSeq(), entries.SelectMany(one => one.Zones).ToSeq());
        Assert.True(journal.TryAppend(store, entry, TestRepository.Server, out var next, out var writing, out var error), error.ToString());
        foreach (var item in writing.Objects)
            store.Add(item);
        Assert.Equal(next.Tip, writing.Entry);
        return next;
    }

    private static Commit ReadCommit(MemoryObjectStore store, ObjectId id)
    {
        Assert.True(store.TryRead(id, out _, out var content));
        Assert.True(Commit.TryParse(content, out var commit, out _));
        return commit;
    }
}
