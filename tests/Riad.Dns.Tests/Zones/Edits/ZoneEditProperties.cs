using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Tests.Server;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Edits;
using Xunit;

namespace Riad.Dns.Tests.Zones.Edits;

public sealed class ZoneEditProperties
{
    private const string Start = "@ SOA ns hostmaster 1 7200 3600 1209600 300\n@ NS ns\nns A 192.0.2.1\nx NS ns.x\nns.x A 192.0.2.2\nc.b.a TXT t\n*.a A 192.0.2.3\n";

    private static readonly DomainName[] Names =
        [.. "@ a b.a c.b.a Z.c.b.a *.a d.*.a * e.* x ns.x y.ns.x m.x ns www t.www u.t.www v.u.t.www".Split(' ').Select(name => ZoneText.Name(name, ModelZone.Apex))];

    private static readonly (RrType Type, byte[] Rdata)[] Records =
    [
        .. "A 192.0.2.1|A 192.0.2.2|AAAA 2001:db8::1|TXT a|TXT b|MX 1 ns|MX 2 b.a|CNAME www|CNAME elsewhere.|DNAME a|DNAME elsewhere.|SRV 0 0 1 m.x|DS 1 8 1 2BB183AF5F22588179A53B0A98631FAD1A292118|PTR Z.c.b.a"
            .Split('|').Concat("NS ns|NS ns.x|NS m.x|NS y.ns.x|NS b.a|NS c.b.a|NS t.www|NS u.t.www|NS elsewhere.|NS x|NS a".Split('|'))
            .Select(text => (RrTypes.TryParse(text.Split(' ')[0], out var type) ? type : throw new ArgumentException(text), ModelZone.Rdata(type, text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..]))),
    ];

    private static readonly byte[][] Questions =
    [
        .. from name in Names.Append(ZoneText.Name("q.x.example.test.")).Append(ZoneText.Name("q.www.example.test.")).Append(ZoneText.Name("q.b.a.example.test."))
           from type in (string[])["A", "NS", "TXT", "ANY", "DS", "MX"]
           select TestServer.Query($"{name} {type}", Edns.Plain),
    ];

    [Fact]
    public void Any_edits_give_the_zone_that_a_builder_makes_of_the_same_records() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf().ArrayOf().ToArbitrary(), versions =>
    {
        var (model, zone) = (new ModelZone(Start), ZoneText.Zone("example.test.", Start));
        foreach (var changes in versions)
        {
            var before = ModelZone.Print(zone);
            var edit = zone.Edit();
            foreach (var change in changes)
                Assert.True(Make(change, edit, model));
            edit.SetSerial(new(++model.Serial));
            var next = edit.Build();
            var expected = model.Build();
            Assert.Equal(ModelZone.Print(expected), ModelZone.Print(next));
            Assert.Equal(before, ModelZone.Print(zone));
            Assert.Equal(Answers(expected), Answers(next));
            zone = next;
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(40));

    /// <summary>Makes one change in both, and says whether both took it alike.</summary>
    private static bool Make(int number, ZoneEdit edit, ModelZone model)
    {
        var bits = unchecked((uint)number * 2654435761u);
        var owner = Names[(bits >> 3) % (uint)Names.Length];
        var (type, rdata) = Records[(bits >> 13) % (uint)Records.Length];
        var ttl = ((bits >> 20) % 3 * 60) + 60;
        switch (bits & 7)
        {
            case 0: return edit.RemoveSet(owner.Wire, type) == model.RemoveSet(owner, type);
            case 1 or 2: return edit.Remove(owner.Wire, type, rdata) == model.Remove(owner, type, rdata);
            case 3: return edit.SetTtl(owner.Wire, type, ttl) == model.SetTtl(owner, type, ttl);
            default:
                model.Add(owner, type, ttl, rdata);
                return edit.Add(owner.Wire, type, ttl, rdata);
        }
    }

    private static string Answers(Zone zone)
    {
        var authority = new Authority(ZoneSet.Empty.With(zone), new());
        var answer = new byte[4096];
        var state = new AnswerState();
        return string.Join('\n', Questions.Select(question => Convert.ToHexStringLower(answer.AsSpan(0, authority.Answer(state, TestServer.Context(), question, answer)))));
    }
}
