using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Tests.Journals;

public sealed class JournalTextTests
{
    private const string Commit = "1f0c4d6a7b8e9f00112233445566778899aabbcc";
    private const string Blob = "9ae3000000000000000000000000000000000001";

    public static TheoryData<string> GoodZones => new()
    {
        $"zone example.org.\nstate served\nserial 2026112002\nwritten 2026112001\ncommit {Commit}\nsource {Blob} example.org\n",
        $"zone .\nstate served\nserial 1\nwritten 0\ncommit {Commit}\nsource {Blob} %2E.zone\nsource {Blob} parts/mail with blanks\n",
        $"zone gone.example.\nstate removed\nserial 4294967295\nwritten 4294967295\ncommit {Commit}\n",
    };

    public static TheoryData<string, string> BadZones => new()
    {
        { "empty", "" },
        { "no final line end", $"zone a.\nstate removed\nserial 1\nwritten 1\ncommit {Commit}" },
        { "served without a file", $"zone a.\nstate served\nserial 1\nwritten 1\ncommit {Commit}\n" },
        { "removed with a file", $"zone a.\nstate removed\nserial 1\nwritten 1\ncommit {Commit}\nsource {Blob} a\n" },
        { "another state", $"zone a.\nstate lost\nserial 1\nwritten 1\ncommit {Commit}\n" },
        { "a serial of 33 bits", $"zone a.\nstate removed\nserial 4294967296\nwritten 1\ncommit {Commit}\n" },
        { "no commit", "zone a.\nstate removed\nserial 1\nwritten 1\ncommit 1f0c\n" },
        { "a file without a path", $"zone a.\nstate served\nserial 1\nwritten 1\ncommit {Commit}\nsource {Blob}\n" },
        { "a bad name", $"zone a..\nstate removed\nserial 1\nwritten 1\ncommit {Commit}\n" },
    };

    public static TheoryData<string> GoodChanges => new()
    {
        "zone example.org.\ncreated 1\nrecords 12\n",
        "zone example.org.\nremoved 7\nrecords 0\n",
        "zone example.org.\nreplaced 7 8\nrecords 1000000\n",
        """
        zone example.org.
        changed 2026112001 2026112002
        records 2
        -example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 2026112001 7200 900 1209600 300
        -www.example.org. 3600 IN A 192.0.2.1
        +example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 2026112002 7200 900 1209600 300
        +www.example.org. 3600 IN A 192.0.2.2
        +x\032y.example.org. 60 IN TXT "a \"b\" ; c" ""
        +x\032y.example.org. 60 IN TYPE65280 \# 3 0A0B0C

        """,
    };

    public static TheoryData<string, string> BadChanges => new()
    {
        { "empty", "" },
        { "cut", "zone a.\ncreated 1\n" },
        { "more than it says", "zone a.\ncreated 1\nrecords 1\n-a. 1 IN A 192.0.2.1\n" },
        { "a difference without SOA records", "zone a.\nchanged 1 2\nrecords 1\n-a. 1 IN A 192.0.2.1\n+a. 1 IN A 192.0.2.2\n" },
        { "a record that is none", "zone a.\nchanged 1 2\nrecords 1\n-a. 1 IN AAAAA ::\n" },
        { "a line that is neither", "zone a.\nchanged 1 2\nrecords 1\n=a. 1 IN A 192.0.2.1\n" },
    };

    [Theory, MemberData(nameof(GoodZones))]
    public void The_account_of_a_zone_reads_back(string text)
    {
        Assert.True(JournalZoneText.TryParse(Encoding.UTF8.GetBytes(text), out var zone));
        Assert.Equal(text, Encoding.UTF8.GetString(JournalZoneText.Print(zone)));
    }

    [Theory, MemberData(nameof(BadZones))]
    public void A_bad_account_of_a_zone_is_refused(string why, string text) =>
        Assert.False(JournalZoneText.TryParse(Encoding.UTF8.GetBytes(text), out _), why);

    [Theory, MemberData(nameof(GoodChanges))]
    public void The_account_of_a_change_reads_back(string text)
    {
        Assert.True(ZoneChangeText.TryParse(Encoding.UTF8.GetBytes(text), out var change));
        Assert.Equal(text, Encoding.UTF8.GetString(ZoneChangeText.Print(change)));
    }

    [Theory, MemberData(nameof(BadChanges))]
    public void A_bad_account_of_a_change_is_refused(string why, string text) =>
        Assert.False(ZoneChangeText.TryParse(Encoding.UTF8.GetBytes(text), out _), why);

    [Fact]
    public void Reading_never_throws_whatever_the_octets() => Prop.ForAll<byte[], int>((octets, cut) =>
    {
        var good = Encoding.UTF8.GetBytes("zone a.\nchanged 1 2\nrecords 1\n-a. 1 IN A 192.0.2.1\n");
        var mixed = (byte[])[.. good.AsSpan(0, (int)((uint)cut % (uint)good.Length)), .. octets];
        _ = ZoneChangeText.TryParse(mixed, out _);
        _ = JournalZoneText.TryParse(mixed, out _);
        _ = ZoneRecordText.TryParse(octets, out _);
        return !ZoneChangeText.TryParse(octets, out _);
    }).QuickCheckThrowOnFailure();
}
