using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Updates;
using Riad.Dns.Zones;

namespace Riad.Fuzz;

/// <summary>Messages that want a zone changed: the zone keeps its SOA and a name server, and no name has an alias beside other records.</summary>
internal sealed class UpdateFuzz : IFuzzTarget
{
    private readonly Zone zone = Build();

    public string Name => "update";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            var (apex, www) = (Parse("example.test."), Parse("www.example.test."));
            var address = new ResourceRecord(www, 1, RecordClass.Internet, new(60), new([192, 0, 2, 1]));
            ResourceRecord Bare(DomainName owner, ushort type, RecordClass recordClass) => new(owner, type, recordClass, default, default);
            yield return Update([], [address]);
            yield return Update([Bare(www, QueryTypes.Any, RecordClass.Any)], [address with { Class = RecordClass.None, Ttl = default }]);
            yield return Update([Bare(www, QueryTypes.Any, RecordClass.None)], [Bare(www, 1, RecordClass.Any)]);
            yield return Update([address with { Ttl = default }], [Bare(www, QueryTypes.Any, RecordClass.Any), ResourceRecord.Create(www, RrTypes.Cname, new(60), apex)]);
            yield return Update([Bare(apex, 6, RecordClass.Any)], [Bare(apex, QueryTypes.Any, RecordClass.Any), ResourceRecord.Create(apex, RrTypes.Soa, new(60), zone.Soa with { Serial = new(2) })]);
            yield return Update([Bare(www, 5, RecordClass.None)], [ResourceRecord.Create(apex, RrTypes.Ns, default, www) with { Class = RecordClass.None }]);
        }
    }

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!UpdateMessage.TryRead(octets, out var message) || UpdateJudgement.Judge(zone, message, static (_, _) => true) is not UpdateVerdict.Changed changed)
            return;
        var builder = new ZoneBuilder(zone.Apex);
        var gone = changed.Changes.Select(change => (change.Owner, change.Type.Code)).ToHashSet();
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(scratch))
                {
                    if (!gone.Contains((node.Owner, set.Type)))
                        builder.Add(node.Owner.Wire, RrTypes.FromCode(set.Type), set.Ttl, rdata);
                }
            }
        }
        foreach (var change in changed.Changes)
        {
            foreach (var data in change.New)
                builder.Add(change.Owner.Wire, change.Type, change.NewTtl.Seconds, data.Span);
        }
        Check(builder.Build());
    }

    private static void Check(Zone next)
    {
        if (next.Find(next.Apex, RrTypes.Ns) is null)
            throw new InvalidOperationException("the last name server went");
        foreach (var node in next.Nodes)
        {
            var others = 0;
            foreach (var set in node.Sets)
                others += set.Type is 5 or 46 or 47 ? 0 : 1;
            if (node.TryFind(RrTypes.Cname.Code, out var alias) && (others > 0 || alias.Count > 1))
                throw new InvalidOperationException($"{node.Owner} is an alias and more");
        }
    }

    private static byte[] Update(Seq<ResourceRecord> prerequisites, Seq<ResourceRecord> updates)
    {
        var octets = new byte[1024];
        var message = new Message(
            1, HeaderBits.None, Opcode.Update, ResponseCode.NoError, [new(Parse("example.test."), RrTypes.Soa.Code, RecordClass.Internet)], prerequisites, updates, [], null);
        return message.TryWrite(octets, out var length) ? octets[..length] : [];
    }

    private static Zone Build()
    {
        var builder = new ZoneBuilder(Parse("example.test."));
        void Add<T>(string owner, RrType type, RdataCodec<T> codec, T value) => builder.Add(Parse(owner).Wire, type, 300, codec.ToOctets(value).Span);
        Add("example.test.", RrTypes.Soa, RrTypes.Soa.Codec, new(Parse("ns.example.test."), Parse("h.example.test."), new(1), 2, 3, 4, 5));
        Add("example.test.", RrTypes.Ns, RrTypes.Ns.Codec, Parse("ns.example.test."));
        Add("example.test.", RrTypes.Ns, RrTypes.Ns.Codec, Parse("www.example.test."));
        Add("www.example.test.", RrTypes.A, RrTypes.A.Codec, new(0xc0000201));
        Add("alias.example.test.", RrTypes.Cname, RrTypes.Cname.Codec, Parse("www.example.test."));
        return builder.Build();
    }

    private static DomainName Parse(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);
}
