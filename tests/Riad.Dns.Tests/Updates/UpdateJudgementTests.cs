using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Updates;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Updates;

public sealed class UpdateJudgementTests
{
    private const string House =
        """
        @ SOA ns1 hostmaster 10 7200 900 1209600 300
        @ NS ns1
        @ NS ns2
        @ MX 10 mail
        ns1 A 192.0.2.1
        ns2 A 192.0.2.2
        mail A 192.0.2.3
        mail A 192.0.2.4
        mail TXT "hello"
        alias CNAME mail
        deep.below.it TXT "x"
        """;

    private static readonly Zone Zone = ZoneText.Zone(UpdateText.Apex, House);

    /// <summary>RFC 2136 §2.4 and §3.2.</summary>
    public static TheoryData<string, string> Prerequisites => new()
    {
        { "prereq yxdomain mail", "nothing" },
        { "prereq yxdomain MAIL", "nothing" },
        { "prereq yxdomain none", "NameError" },
        { "prereq yxdomain below.it", "NameError" }, // a name without records is not in use
        { "prereq nxdomain none", "nothing" },
        { "prereq nxdomain below.it", "nothing" },
        { "prereq nxdomain mail", "NameExists" },
        { "prereq yxrrset mail A", "nothing" },
        { "prereq yxrrset mail AAAA", "SetMissing" },
        { "prereq yxrrset none A", "SetMissing" },
        { "prereq nxrrset mail AAAA", "nothing" },
        { "prereq nxrrset mail A", "SetExists" },
        { "prereq nxrrset none A", "nothing" },
        { "prereq yxrrset mail A 192.0.2.3; prereq yxrrset mail A 192.0.2.4", "nothing" },
        { "prereq yxrrset mail A 192.0.2.4; prereq yxrrset mail A 192.0.2.3; prereq yxrrset mail A 192.0.2.3", "nothing" },
        { "prereq yxrrset mail A 192.0.2.3", "SetMissing" }, // not the whole set
        { "prereq yxrrset mail A 192.0.2.3; prereq yxrrset mail A 192.0.2.4; prereq yxrrset mail A 192.0.2.5", "SetMissing" },
        { "prereq yxrrset mail A 192.0.2.3; prereq yxrrset mail A 192.0.2.5", "SetMissing" },
        { "prereq yxrrset @ MX 10 MAIL", "nothing" }, // names in data compare without case
        { "prereq yxrrset @ SOA ns1 hostmaster 10 7200 900 1209600 300", "nothing" },
        { "prereq yxrrset @ SOA ns1 hostmaster 9 7200 900 1209600 300", "SetMissing" },
        { "prereq yxdomain other.example.", "NotZone" },
        { "prereq nxdomain mail; prereq yxdomain none", "NameExists" }, // the first that fails
        { "prereq yxrrset mail A 192.0.2.9; prereq yxdomain none", "NameError" }, // sets are compared last
        { "prereq nxdomain mail; add x.other.example. 60 A 192.0.2.1", "NameExists" }, // before the updates are looked at
    };

    /// <summary>RFC 2136 §2.5 and §3.4.</summary>
    public static TheoryData<string, string> Updates => new()
    {
        { "", "nothing" },
        { "add www 60 A 192.0.2.7", "+ www 60 A 192.0.2.7" },
        { "add www 60 A 192.0.2.7; add www 60 A 192.0.2.8", "+ www 60 A 192.0.2.7; + www 60 A 192.0.2.8" },
        { "add www 60 A 192.0.2.7; add www 70 A 192.0.2.8", "+ www 70 A 192.0.2.7; + www 70 A 192.0.2.8" }, // one TTL for a set
        { "add mail 3600 A 192.0.2.3", "nothing" },
        { "add mail 60 A 192.0.2.3", "t mail A 60" },
        { "add mail 60 A 192.0.2.5", "t mail A 60; + mail 60 A 192.0.2.5" },
        { "add @ 3600 MX 10 MAIL", "nothing" },
        { "delete mail A 192.0.2.3", "- mail A 192.0.2.3" },
        { "delete mail A 192.0.2.9", "nothing" },
        { "delete mail A", "- mail A 192.0.2.3; - mail A 192.0.2.4" },
        { "delete mail AAAA", "nothing" },
        { "delete mail", "- mail A 192.0.2.3; - mail A 192.0.2.4; - mail TXT \"hello\"" },
        { "delete none", "nothing" },
        { "delete MAIL A 192.0.2.3", "- MAIL A 192.0.2.3" },
        { "delete mail A; add mail 3600 A 192.0.2.4", "- mail A 192.0.2.3" },
        { "delete mail A; add mail 3600 A 192.0.2.3; add mail 3600 A 192.0.2.4", "nothing" },
        { "add mail 3600 A 192.0.2.9; delete mail A 192.0.2.9", "nothing" },
        { "delete mail A 192.0.2.3; delete mail A 192.0.2.4", "- mail A 192.0.2.3; - mail A 192.0.2.4" },
        // the apex
        { "delete @", "- @ MX 10 mail.example.org." },
        { "delete @ NS", "nothing" },
        { "delete @ SOA", "nothing" },
        { "delete @ SOA ns1 hostmaster 10 7200 900 1209600 300", "nothing" },
        { "delete @ NS ns2.example.org.", "- @ NS ns2.example.org." },
        { "delete @ NS ns1; delete @ NS ns2", "- @ NS ns1.example.org." },
        { "delete @ NS ns1; delete @ NS ns2; add @ 3600 NS ns3", "- @ NS ns1.example.org.; + @ 3600 NS ns3.example.org." },
        { "delete @ NS; add @ 3600 NS ns3", "+ @ 3600 NS ns3.example.org." },
        // a newer SOA replaces the old one, another is ignored
        { "add @ 3600 SOA ns1 hostmaster 11 7200 900 1209600 300", "- @ SOA ns1.example.org. hostmaster.example.org. 10 7200 900 1209600 300; + @ 3600 SOA ns1.example.org. hostmaster.example.org. 11 7200 900 1209600 300" },
        { "add @ 3600 SOA ns1 hostmaster 10 1 2 3 4", "nothing" },
        { "add @ 3600 SOA ns1 hostmaster 9 1 2 3 4", "nothing" },
        { "add @ 3600 SOA ns1 hostmaster 2147483658 1 2 3 4", "nothing" }, // 2^31 away: neither is newer
        { "add sub 3600 SOA ns1 hostmaster 11 7200 900 1209600 300", "nothing" }, // makes no zone
        // aliases stand alone
        { "add alias 3600 A 192.0.2.9", "nothing" },
        { "add mail 3600 CNAME ns1", "nothing" },
        { "add alias 3600 CNAME ns1", "- alias CNAME mail.example.org.; + alias 3600 CNAME ns1.example.org." },
        { "add alias 60 CNAME MAIL", "t alias CNAME 60" },
        { "delete mail; add mail 60 CNAME ns1", "- mail A 192.0.2.3; - mail A 192.0.2.4; + mail 60 CNAME ns1.example.org.; - mail TXT \"hello\"" },
        { "add new 60 A 192.0.2.9; add new 60 CNAME ns1", "+ new 60 A 192.0.2.9" },
        { "add new 60 CNAME ns1; add new 60 CNAME ns2", "+ new 60 CNAME ns2.example.org." },
        { "add new 60 DNAME a.example.; add new 60 DNAME b.example.", "+ new 60 DNAME b.example." },
        // other types
        { "add x 60 TYPE65280 \\# 3 010203", "+ x 60 TYPE65280 \\# 3 010203" },
        { "add *.x 4294967295 TXT a", "+ *.x 0 TXT \"a\"" }, // RFC 2181 §8
        { "add x.other.example. 60 A 192.0.2.1", "NotZone" },
        { "add www 60 A 192.0.2.7; add x.other.example. 60 A 192.0.2.1", "NotZone" },
    };

    [Theory, MemberData(nameof(Prerequisites)), MemberData(nameof(Updates))]
    public void An_update_has_the_effect_that_the_RFC_says(string update, string effect) => Assert.Equal(effect, UpdateText.Judge(Zone, UpdateText.Message(update)));

    /// <summary>Records that no update may hold, each in a section.</summary>
    public static TheoryData<string, bool, string, ushort, RecordClass, uint, byte[], ResponseCode> Malformed => new()
    {
        // why                                  prerequisite owner       type               class               TTL  data    answer
        { "a prerequisite with a TTL",                 true, "mail",     1,                 RecordClass.Any,      1, [],     ResponseCode.FormatError },
        { "a TTL comes before the zone",               true, "x.test.",  1,                 RecordClass.Any,      1, [],     ResponseCode.FormatError },
        { "class ANY with data",                       true, "mail",     99,                RecordClass.Any,      0, [1, 1], ResponseCode.FormatError },
        { "class NONE with data",                      true, "mail",     99,                RecordClass.None,     0, [1, 1], ResponseCode.FormatError },
        { "a prerequisite of class CH",                true, "mail",     1,                 RecordClass.Chaos,    0, [],     ResponseCode.FormatError },
        { "a record without its data",                 true, "mail",     1,                 RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a prerequisite of type AXFR",               true, "mail",     QueryTypes.Axfr,   RecordClass.Any,      0, [],     ResponseCode.FormatError },
        { "a prerequisite of type ANY and class IN",   true, "mail",     QueryTypes.Any,    RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a record of type ANY",                      false, "mail",    QueryTypes.Any,    RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a record of type AXFR",                     false, "mail",    QueryTypes.Axfr,   RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a record of type MAILA",                    false, "mail",    QueryTypes.Maila,  RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a record of type MAILB",                    false, "mail",    QueryTypes.Mailb,  RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a record of type TKEY",                     false, "mail",    QueryTypes.Tkey,   RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a record of type 0",                        false, "mail",    0,                 RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "an address without octets",                 false, "mail",    1,                 RecordClass.Internet, 0, [],     ResponseCode.FormatError },
        { "a removal of a set with a TTL",             false, "mail",    1,                 RecordClass.Any,      1, [],     ResponseCode.FormatError },
        { "a removal of a set with data",              false, "mail",    99,                RecordClass.Any,      0, [1, 1], ResponseCode.FormatError },
        { "a removal of a set of type MAILA",          false, "mail",    QueryTypes.Maila,  RecordClass.Any,      0, [],     ResponseCode.FormatError },
        { "a removal of a record with a TTL",          false, "mail",    99,                RecordClass.None,     1, [1, 1], ResponseCode.FormatError },
        { "a removal of a record without data",        false, "mail",    1,                 RecordClass.None,     0, [],     ResponseCode.FormatError },
        { "a removal of a record of type ANY",         false, "mail",    QueryTypes.Any,    RecordClass.None,     0, [],     ResponseCode.FormatError },
        { "a record of class CH",                      false, "mail",    99,                RecordClass.Chaos,    0, [1, 1], ResponseCode.FormatError },
        { "the zone comes before the form",            false, "x.test.", QueryTypes.Any,    RecordClass.Internet, 0, [],     ResponseCode.NotZone },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void A_record_that_makes_no_sense_refuses_the_update(string why, bool prerequisite, string owner, ushort type, RecordClass recordClass, uint ttl, byte[] data, ResponseCode answer)
    {
        var record = UpdateText.Record(owner, type, recordClass, ttl, data);
        var verdict = UpdateJudgement.Judge(Zone, UpdateText.Send(prerequisite ? [record] : [], prerequisite ? [] : [record]), static (_, _) => true);

        Assert.Equal(answer, Assert.IsType<UpdateVerdict.Refused>(verdict).Code);
        Assert.NotEmpty(why);
    }

    /// <summary>RFC 2136 §2.3, §3.1.1.</summary>
    public static TheoryData<string, Func<Message, Message>> NotAnUpdate => new()
    {
        { "a query", message => message with { Opcode = Opcode.Query } },
        { "an answer", message => message with { Flags = HeaderBits.Response } },
        { "no zone", message => message with { Questions = [] } },
        { "two zones", message => message with { Questions = [message.Questions[0], message.Questions[0]] } },
        { "a zone of type A", message => message with { Questions = [message.Questions[0] with { Type = 1 }] } },
        { "an address of one octet", message => message with { Authorities = [UpdateText.Record("a", 1, RecordClass.Internet, 0, [1])] } },
    };

    [Theory, MemberData(nameof(NotAnUpdate))]
    public void A_message_that_is_no_update_cannot_be_read(string why, Func<Message, Message> spoil)
    {
        var buffer = new byte[512];
        Assert.True(spoil(UpdateText.Octets([], [])).TryWrite(buffer, out var length), why);

        Assert.False(UpdateMessage.TryRead(buffer.AsSpan(0, length), out _), why);
        Assert.False(UpdateMessage.TryRead(buffer.AsSpan(0, length - 1), out _), why);
    }

    [Fact]
    public void An_update_of_another_class_or_zone_is_not_ours()
    {
        var message = UpdateText.Message("add www 60 A 192.0.2.7");

        Assert.Equal("NotAuthoritative", UpdateText.Judge(Zone, message with { ZoneClass = RecordClass.Chaos }));
        Assert.Equal("NotAuthoritative", UpdateText.Judge(Zone, message with { Zone = ZoneText.Name("sub.example.org.") }));
    }

    [Fact]
    public void Rights_are_asked_for_each_record_after_the_prerequisites_and_before_the_prescan()
    {
        var asked = new List<string>();
        bool MayChange(DomainName owner, ushort type)
        {
            asked.Add($"{owner} {RrTypes.Print(type)}");
            return type != QueryTypes.Any;
        }
        var refused = UpdateJudgement.Judge(Zone, UpdateText.Message("add www 60 A 192.0.2.7; delete mail TXT; delete mail; add x.test. 60 A 192.0.2.1"), MayChange);

        Assert.Equal(["www.example.org. A", "mail.example.org. TXT", $"mail.example.org. {RrTypes.Print(QueryTypes.Any)}"], asked);
        Assert.Equal(ResponseCode.Refused, Assert.IsType<UpdateVerdict.Refused>(refused).Code);
        Assert.Equal("NameExists", UpdateText.Print(UpdateJudgement.Judge(Zone, UpdateText.Message("prereq nxdomain mail; delete mail"), MayChange)));
    }
}
