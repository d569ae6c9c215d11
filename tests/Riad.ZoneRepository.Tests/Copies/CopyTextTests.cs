using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Secondary;
using Riad.ZoneRepository.Copies;

namespace Riad.ZoneRepository.Tests.Copies;

/// <summary>The accounts of copies and the book of contacts as text.</summary>
public sealed class CopyTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> GoodAccounts => new()
    {
        "zone example.org.\nbecause given\nserial 7\nprimary 192.0.2.1:53\ncontact 2026-11-21T16:11:17Z\nexpires 2026-12-05T16:11:17Z\n",
        "zone .\nbecause catalog\nserial 4294967295\nprimary [2001:db8::1]:853\ncontact 1970-01-01T00:00:00Z\nexpires 9999-12-31T23:59:59Z\n",
        "zone a\\032b.test.\nbecause learned\nserial 0\nprimary \ncontact 2026-11-21T16:11:17Z\nexpires 2026-11-21T16:11:17Z\n",
        "zone one.test.\nbecause entry 6162ff of catalog.test.\nserial 1\nprimary x\ncontact 2026-11-21T16:11:17Z\nexpires 2026-11-21T16:11:17Z\n",
    };

    public static TheoryData<string, string> BadAccounts => new()
    {
        { "empty", "" },
        { "cut", "zone a.\nbecause given\nserial 7\nprimary x\ncontact 2026-11-21T16:11:17Z\nexpires 2026-12-0" },
        { "a line too many", "zone a.\nbecause given\nserial 7\nprimary x\ncontact 2026-11-21T16:11:17Z\nexpires 2026-12-05T16:11:17Z\n\n" },
        { "another reason", "zone a.\nbecause lost\nserial 7\nprimary x\ncontact 2026-11-21T16:11:17Z\nexpires 2026-12-05T16:11:17Z\n" },
        { "an entry without a label", "zone a.\nbecause entry  of c.\nserial 7\nprimary x\ncontact 2026-11-21T16:11:17Z\nexpires 2026-12-05T16:11:17Z\n" },
        { "no moment", "zone a.\nbecause given\nserial 7\nprimary x\ncontact yesterday\nexpires 2026-12-05T16:11:17Z\n" },
        { "a serial of 33 bits", "zone a.\nbecause given\nserial 4294967296\nprimary x\ncontact 2026-11-21T16:11:17Z\nexpires 2026-12-05T16:11:17Z\n" },
    };

    [Theory, MemberData(nameof(GoodAccounts))]
    public void An_account_reads_back(string text)
    {
        Assert.True(CopyAccountText.TryParse(Encoding.UTF8.GetBytes(text), out var account));
        Assert.Equal(text, Encoding.UTF8.GetString(CopyAccountText.Print(account)));
    }

    [Theory, MemberData(nameof(BadAccounts))]
    public void A_bad_account_is_refused(string why, string text) => Assert.False(CopyAccountText.TryParse(Encoding.UTF8.GetBytes(text), out _), why);

    [Fact]
    public void Contacts_read_back()
    {
        ZoneContact[] contacts = [new(Zones.Name("example.org"), new(7), Noon, Noon.AddDays(14)), new(Zones.Name("a b.test"), new(8), Noon, Noon)];
        var text = ContactBook.Print(contacts);

        Assert.Equal("riad contacts 1\nexample.org. 7 2026-11-21T12:00:00Z 2026-12-05T12:00:00Z\na\\032b.test. 8 2026-11-21T12:00:00Z 2026-11-21T12:00:00Z\n", Encoding.UTF8.GetString(text));
        Assert.True(ContactBook.TryParse(text, out var read, out _));
        Assert.Equal(contacts.ToHashSet(), [.. read.Values]);
    }

    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("riad contacts 2\n", 1, 0)]
    [InlineData("riad contacts 1", 1, 0)]
    [InlineData("riad contacts 1\na. 7 2026-11-21T12:00:00Z 2026-11-21T12:00:00Z\nb. 7 2026-11-21T12:00:00Z\n", 3, 1)]
    public void A_damaged_book_says_where_and_keeps_what_stands_before(string text, int line, int contacts)
    {
        Assert.False(ContactBook.TryParse(Encoding.UTF8.GetBytes(text), out var read, out var found));
        Assert.Equal((line, contacts), (found, read.Count));
    }

    [Fact]
    public void Reading_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        _ = CopyAccountText.TryParse(octets, out _);
        _ = StepText.TryParse(octets, out _);
        _ = ContactBook.TryParse([.. "riad contacts 1\n"u8, .. octets], out _, out var line);
        return line <= octets.Length + 2;
    }).QuickCheckThrowOnFailure();

    public static TheoryData<string, int, int?, uint, double, double> Ages => new()
    {
        // why                                            accepted    confirmed   serial      age     left, in hours
        { "only the account tells",                       -10,        null,       7,          10,     14 },
        { "a later contact counts",                       -10,        -1,         7,          1,      23 },
        { "one of another version does not",              -10,        -1,         6,          10,     14 },
        { "one that is older does not",                   -10,        -20,        7,          10,     14 },
        { "too long ago",                                 -30,        -25,        7,          25,     -1 },
        { "a little ahead is now",                        1,          null,       7,          0,      25 },
        { "far ahead is not believed",                    48,         null,       7,          0,      0 },
    };

    [Theory, MemberData(nameof(Ages))]
    public void The_age_of_a_copy_follows_from_its_last_contact(string why, int accepted, int? confirmed, uint serial, double age, double left)
    {
        var zone = Zones.Read("example.org", Zones.Text(7));
        var copy = new ZoneCopy(new(zone.Apex, new ZoneOrigin.Given(), new(7), "", Noon.AddHours(accepted), Noon.AddHours(accepted + 24)), zone, []);
        var contact = confirmed is { } hours ? new ZoneContact(zone.Apex, new(serial), Noon.AddHours(hours), Noon.AddHours(hours + 24)) : null;

        var recalled = CopyAge.Recall(copy, contact, Noon);

        Assert.Equal((why, age, left), (why, recalled.Age.TotalHours, recalled.Left.TotalHours));
    }
}
