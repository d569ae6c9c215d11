using FsCheck;
using FsCheck.Fluent;
using Riad.ZoneRepository.Differences;

namespace Riad.ZoneRepository.Tests.Differences;

public sealed class ZoneDifferenceTests
{
    private const string OldSoa = "-example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 1 7200 900 1209600 300";
    private const string NewSoa = "+example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 2 7200 900 1209600 300";

    public static TheoryData<string, string, string, int, string> Changes => new()
    {
        // why                         old                                     new                                     count  lines without the SOA records
        { "nothing",                   "www A 192.0.2.1\n",                    "www A 192.0.2.1\n",                    0, "" },
        { "a comment and the layout",  "www A 192.0.2.1\n",                    "; moved\nwww  3600 IN  A 192.0.2.1\n", 0, "" },
        { "the order of a set",        "www A 192.0.2.1\n A 192.0.2.2\n",      "www A 192.0.2.2\n A 192.0.2.1\n",      0, "" },
        { "the case of an owner",      "www A 192.0.2.1\n",                    "WWW A 192.0.2.1\n",                    0, "" },
        { "an address",                "www A 192.0.2.1\n",                    "www A 192.0.2.2\n",                    1, "-www.example.org. 3600 IN A 192.0.2.1|+www.example.org. 3600 IN A 192.0.2.2" },
        { "a TTL",                     "www A 192.0.2.1\n",                    "www 60 A 192.0.2.1\n",                 1, "-www.example.org. 3600 IN A 192.0.2.1|+www.example.org. 60 IN A 192.0.2.1" },
        { "one more of a set",         "www A 192.0.2.1\n",                    "www A 192.0.2.1\n A 192.0.2.2\n",      1, "+www.example.org. 3600 IN A 192.0.2.2" },
        { "a name less",               "www A 192.0.2.1\n TXT \"a b\"\n",      "",                                     2, "-www.example.org. 3600 IN A 192.0.2.1|-www.example.org. 3600 IN TXT \"a b\"" },
        { "another type",              "www A 192.0.2.1\n",                    "www AAAA 2001:db8::1\n",               2, "-www.example.org. 3600 IN A 192.0.2.1|+www.example.org. 3600 IN AAAA 2001:db8::1" },
        { "names in canonical order",  "",                                     "b.a A 192.0.2.1\nz A 192.0.2.1\na A 192.0.2.1\n", 3,
            "+a.example.org. 3600 IN A 192.0.2.1|+b.a.example.org. 3600 IN A 192.0.2.1|+z.example.org. 3600 IN A 192.0.2.1" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void What_changed_is_listed_and_counted_as_a_person_counts(string why, string old, string next, int count, string lines)
    {
        var difference = ZoneDifference.Between(Zones.Read("example.org", Zones.Text(1, old)), Zones.Read("example.org", Zones.Text(2, next)), 100);

        Assert.True(count == difference.ChangedRecords, why);
        var expected = lines.Split('|', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([OldSoa, .. expected.Where(line => line[0] == '-'), NewSoa, .. expected.Where(line => line[0] == '+')], difference.ToLines());
    }

    [Fact]
    public void An_SOA_record_that_differs_in_more_than_the_serial_is_one_change()
    {
        var old = Zones.Read("example.org", Zones.Text(1));
        var next = Zones.Read("example.org", Zones.Text(1).Replace("7200", "3600", StringComparison.Ordinal));

        Assert.Equal(1, ZoneDifference.Between(old, next, 100).ChangedRecords);
        Assert.False(ZoneDifference.Between(old, old.WithSerial(new(9)), 100).HasChanges);
    }

    [Fact]
    public void Too_many_changes_are_counted_but_not_listed()
    {
        var next = Zones.Text(2, string.Concat(Enumerable.Range(0, 50).Select(number => $"n{number} A 192.0.2.1\n")));

        var difference = ZoneDifference.Between(Zones.Read("example.org", Zones.Text(1)), Zones.Read("example.org", next), 49);

        Assert.Equal((50, false, 0), (difference.ChangedRecords, difference.IsListed, difference.Added.Length));
        Assert.Equal((1u, 2u), (difference.OldSerial.Value, difference.NewSerial.Value));
    }

    [Fact]
    public void Another_serial_changes_the_serial_and_nothing_else()
    {
        var zone = Zones.Read("example.org", Zones.Text(7, "www A 192.0.2.1\n*.x MX 10 www\n"));

        var raised = zone.WithSerial(new(8));

        Assert.Equal(8u, raised.Serial.Value);
        Assert.Equal(Zones.Lines(zone).Select(line => line.Replace(" 7 7200", " 8 7200", StringComparison.Ordinal)), Zones.Lines(raised));
    }

    [Fact]
    public void Applying_the_difference_to_the_old_version_gives_the_new_one() => Prop.ForAll(RandomRecords().ToArbitrary(), RandomRecords().ToArbitrary(), (left, right) =>
    {
        var (old, next) = (Zones.Read("example.org", Zones.Text(1, left)), Zones.Read("example.org", Zones.Text(2, right)));
        var difference = ZoneDifference.Between(old, next, 1000);
        var lines = Zones.Lines(old);

        var removedAll = difference.ToLines().Where(line => line[0] == '-').All(line => lines.Remove(line[1..]));
        var addedAll = difference.ToLines().Where(line => line[0] == '+').All(line => lines.Add(line[1..]));

        return removedAll && addedAll && lines.SetEquals(Zones.Lines(next));
    }).QuickCheckThrowOnFailure();

    private static Gen<string> RandomRecords() =>
        from lines in (from owner in Gen.Elements("@", "a", "b", "b.a", "*.a", "c.b.a")
                       from record in Gen.Elements("A 192.0.2.1", "A 192.0.2.2", "A 192.0.2.3", "MX 10 mail.example.net.", "MX 20 mail.example.net.", "TXT x", "TXT \"x y\" z", "AAAA 2001:db8::1")
                       select $"{owner} {record}\n").ListOf()
        select string.Concat(lines.Distinct().Order(StringComparer.Ordinal));
}
