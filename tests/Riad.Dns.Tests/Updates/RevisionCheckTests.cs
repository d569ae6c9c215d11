using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.MasterFiles;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Updates;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Xunit;

namespace Riad.Dns.Tests.Updates;

public sealed class RevisionCheckTests
{
    private const string House =
        """
        @ SOA ns1 hostmaster 10 7200 900 1209600 300
        @ NS ns1
        @ NS x.wild
        ns1 A 192.0.2.1
        *.wild A 192.0.2.2
        sub NS ns.sub
        ns.sub A 192.0.2.3
        other NS host
        host A 192.0.2.4
        host AAAA 2001:db8::4
        old DNAME new
        new TXT "x"
        """;

    private static readonly Zone Zone = ZoneText.Zone(UpdateText.Apex, House);

    public static TheoryData<string, string?> Obstacles => new()
    {
        { "add www 60 A 192.0.2.7", null },
        { "delete host AAAA", null },
        { "delete host A", null },
        { "delete host", "host is a name server, but has no address; write an A or AAAA record for it, or correct the name" },
        { "delete host; add host 60 CNAME ns1", "host is a name server, but is a CNAME; write the name that it is an alias of (RFC 2181 §10.3)" },
        { "delete ns.sub", "ns.sub is a name server of sub and lies below it, but has no address here; write an A or AAAA record for it (glue)" },
        { "delete sub; delete ns.sub", null },
        { "add lost 60 NS nowhere", "nowhere is a name server, but has no address; write an A or AAAA record for it, or correct the name" },
        { "add lost 60 NS ns.lost; add ns.lost 60 A 192.0.2.9", null },
        { "add a.old 60 A 192.0.2.9", "a.old lies below the DNAME of old, which takes all names there; take one of the two away (RFC 6672 §2.4)" },
        { "add a.sub 60 A 192.0.2.9", null },
        { "add sub 60 DNAME new", null }, // still a delegation
        { "add x.wild 60 TXT a", "x.wild is a name server, but has no address; write an A or AAAA record for it, or correct the name" },
        { "add y.x.wild 60 A 192.0.2.9", "x.wild is a name server, but has no address; write an A or AAAA record for it, or correct the name" },
        { "add y.wild 60 TXT a", null },
        { "delete *.wild", "x.wild is a name server, but has no address; write an A or AAAA record for it, or correct the name" },
    };

    [Theory, MemberData(nameof(Obstacles))]
    public void An_update_that_makes_the_zone_unfit_is_told_why(string update, string? obstacle)
    {
        var changed = Assert.IsType<UpdateVerdict.Changed>(UpdateJudgement.Judge(Zone, UpdateText.Message(update), static (_, _) => true));
        Assert.True(ZoneRevision.TryApply(Zone, changed.Changes, out var after));

        Assert.Equal(obstacle, RevisionCheck.FindObstacle(Zone, after, changed.Changes));
    }

    /// <summary>Types of RFC 1035 that nobody uses hold names there, and any octets here.</summary>
    [Theory, InlineData(3), InlineData(4), InlineData(7), InlineData(8), InlineData(9), InlineData(14)]
    public void Data_of_a_forgotten_type_may_be_any_octets(int type)
    {
        var changed = Assert.IsType<UpdateVerdict.Changed>(UpdateJudgement.Judge(Zone, UpdateText.Message($"add x 60 TYPE{type} \\# 4 c0000201"), static (_, _) => true));

        Assert.True(ZoneRevision.TryApply(Zone, changed.Changes, out var after));
        Assert.True(after.TryFind(ZoneText.Name("x.example.org.").Wire, out var node) && node.TryFind((ushort)type, out var set) && set.Count == 1);
    }

    private static readonly string[] Owners = ["@", "ns1", "x.wild", "y.wild", "y.x.wild", "*.wild", "sub", "ns.sub", "a.sub", "host", "other", "old", "a.old", "new", "b.new"];

    private static readonly string[] Data = ["A 192.0.2.9", "AAAA 2001:db8::9", "NS host", "NS ns.sub", "CNAME new", "DNAME new", "TXT x"];

    private static Gen<string> Command =>
        from isAdd in Gen.Elements(true, false)
        from owner in Gen.Elements(Owners)
        from data in Gen.Elements(Data)
        from all in Gen.Elements(true, false)
        select isAdd ? $"add {owner} 60 {data}" : all ? $"delete {owner}" : $"delete {owner} {data.Split(' ')[0]}";

    [Fact]
    public void Looking_at_the_changed_names_finds_an_error_whenever_looking_at_the_whole_zone_does() => Prop.ForAll(Command.ListOf().ToArbitrary(), commands =>
    {
        if (UpdateJudgement.Judge(Zone, UpdateText.Message(string.Join(';', commands)), static (_, _) => true) is not UpdateVerdict.Changed changed
            || !ZoneRevision.TryApply(Zone, changed.Changes, out var after))
            return true;
        var whole = new Suspicions(after.Apex);
        new ZoneCheck(after, null, whole, isWhole: true).Run();
        return whole.All.Any(suspicion => suspicion.Severity is Severity.Error) == RevisionCheck.FindObstacle(Zone, after, changed.Changes) is not null;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
