using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Messages;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Updates;
using Xunit;

namespace Riad.Dns.Tests.Updates;

public sealed class UpdatePropertyTests
{
    private const string House =
        """
        @ SOA ns1 hostmaster 10 7200 900 1209600 300
        @ NS ns1
        @ NS ns2
        a A 192.0.2.1
        a A 192.0.2.2
        b CNAME a
        c.a MX 10 a
        """;

    private static readonly string[] Commands =
    [
        "add", "delete1", "delete2", "delete3", "prereq yxdomain", "prereq nxdomain", "prereq yxrrset", "prereq nxrrset", "prereq yxrrset3", "add", "add", "delete3",
    ];

    private static readonly string[] Owners = ["@", "a", "A", "b", "c.a", "new", "@"];

    private static readonly (string Type, string Data)[] Records =
    [
        ("A", "192.0.2.1"), ("A", "192.0.2.2"), ("A", "192.0.2.3"), ("NS", "ns1"), ("NS", "NS2"), ("NS", "ns3"), ("CNAME", "a"), ("CNAME", "c.a"), ("MX", "10 A"),
        ("TXT", "x"), ("SOA", "ns1 hostmaster 11 1 2 3 4"), ("SOA", "ns1 hostmaster 9 1 2 3 4"), ("SOA", "ns1 hostmaster 10 7200 900 1209600 300"),
    ];

    private static Gen<string> Command =>
        from what in Gen.Elements(Commands)
        from owner in Gen.Elements(Owners)
        from ttl in Gen.Elements("0", "60", "3600")
        from record in Gen.Elements(Records)
        select what switch
        {
            "add" => $"add {owner} {ttl} {record.Type} {record.Data}",
            "delete1" => $"delete {owner}",
            "delete2" => $"delete {owner} {record.Type}",
            "delete3" => $"delete {owner} {record.Type} {record.Data}",
            "prereq yxdomain" or "prereq nxdomain" => $"{what} {owner}",
            "prereq yxrrset3" => $"prereq yxrrset {owner} {record.Type} {record.Data}",
            _ => $"{what} {owner} {record.Type}",
        };

    [Fact]
    public void The_engine_does_what_the_pseudocode_of_the_RFC_does() => Prop.ForAll(Command.ListOf().ToArbitrary(), commands =>
    {
        var zone = ZoneText.Zone(UpdateText.Apex, House);
        var message = UpdateText.Message(string.Join(';', commands));
        var (expected, actual) = (NaiveZone.Of(zone), NaiveZone.Of(zone));
        var code = expected.Update(message);

        var verdict = UpdateJudgement.Judge(zone, message, static (_, _) => true);

        if (verdict is UpdateVerdict.Changed changed)
            actual.Apply(changed.Changes);
        var actualCode = verdict is UpdateVerdict.Refused refused ? refused.Code : ResponseCode.NoError;
        return code == actualCode && (code is not ResponseCode.NoError || expected.Lines.SequenceEqual(actual.Lines))
            && (verdict is UpdateVerdict.Changed) == !NaiveZone.Of(zone).Lines.SequenceEqual(actual.Lines);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
