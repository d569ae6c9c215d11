using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Records;
using Riad.Dns.Tests.Server;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>A signed zone that came about by edits, as a secondary makes them, answers as one that was built anew.</summary>
public sealed class SignedEditTests
{
    private static readonly string[] Questions =
    [
        .. from name in "example. a.example. ns1.a.example. b.example. x.b.example. c.example. x.c.example. ns1.example. zz.example. w.example. a.z.w.example. y.w.example. a.y.w.example. 2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 35mthgpgcu1qg68fab165klnsnk3dpvl.example.".Split(' ')
           from type in (string[])["A", "MX", "DS", "NSEC3"]
           select $"{name} {type}",
    ];

    public static TheoryData<string> Zones => ["NSEC", "NSEC3"];

    [Theory, MemberData(nameof(Zones))]
    public void Edits_give_the_answers_of_a_zone_that_was_built(string kind)
    {
        var whole = kind is "NSEC" ? NsecAnswerTests.Zone : Nsec3AnswerTests.Zone;
        var records = RecordsOf(whole);
        Prop.ForAll(Gen.Choose(0, records.Count - 1).ArrayOf().NonEmptyListOf().ToArbitrary(), versions =>
        {
            var (zone, missing) = (whole, new HashSet<int>());
            foreach (var changes in versions)
            {
                var edit = zone.Edit();
                foreach (var index in changes)
                {
                    var (owner, type, ttl, rdata) = records[index];
                    if (missing.Add(index))
                        Assert.True(edit.Remove(owner, type, rdata));
                    else
                        Assert.True(missing.Remove(index) && edit.Add(owner, type, ttl, rdata));
                }
                zone = edit.Build();
                Assert.Equal(Answers(Build(whole, records.Where((_, index) => !missing.Contains(index)))), Answers(zone));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(12));
    }

    private static List<string> Answers(Zone zone)
    {
        var server = new SignedServer(zone);
        return [.. Questions.Select(question => $"{question}: {Sorted(server.Ask(question))}")];
    }

    /// <summary>Records of a set may stand in another order.</summary>
    private static string Sorted(string answer) => string.Join('\n', answer.Split('\n').Order(StringComparer.Ordinal));

    private static Zone Build(Zone whole, IEnumerable<(byte[] Owner, RrType Type, uint Ttl, byte[] Rdata)> records)
    {
        var builder = new ZoneBuilder(whole.Apex);
        foreach (var (owner, type, ttl, rdata) in records)
            builder.Add(owner, type, ttl, rdata);
        var soa = new byte[RecordSetView.ScratchLength];
        var writer = new WireWriter(soa);
        RrTypes.Soa.Codec.Write(whole.Soa, ref writer);
        builder.Add(whole.Apex.Wire, RrTypes.Soa, whole.SoaTtl.Seconds, writer.Written);
        return builder.Build();
    }

    private static List<(byte[] Owner, RrType Type, uint Ttl, byte[] Rdata)> RecordsOf(Zone zone)
    {
        var records = new List<(byte[] Owner, RrType Type, uint Ttl, byte[] Rdata)>();
        var scratch = new byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(scratch))
                {
                    if (set.Type != RrTypes.Soa.Code)
                        records.Add((node.Owner.Wire.ToArray(), RrTypes.FromCode(set.Type), set.TtlOf(rdata), rdata.ToArray()));
                }
            }
        }
        return records;
    }

    [Theory, MemberData(nameof(Zones))]
    public void Answering_with_proofs_allocates_nothing(string kind)
    {
        var server = new SignedServer(kind is "NSEC" ? NsecAnswerTests.Zone : Nsec3AnswerTests.Zone);
        var answer = new byte[4096];
        Assert.All(Questions, question =>
        {
            var query = TestServer.Query(question, Riad.Dns.Messages.Edns.Plain with { IsDnssecOk = true });
            Assert.True(Allocated.EachTime(() => server.Authority.Answer(server.State, TestServer.Context(), query, answer)) == 0, question);
        });
    }
}
