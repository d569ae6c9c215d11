using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Zones;

namespace Riad.Fuzz;

/// <summary>Queries, answered from a zone with one of everything: the answer keeps its limit and can be read.</summary>
internal sealed class AuthorityFuzz : IFuzzTarget
{
    private readonly Authority authority = new(ZoneSet.Empty.With(Build()), new() { Identifier = new("id"u8), Version = new("1"u8) });
    private readonly AnswerState state = new();
    private readonly byte[] answer = new byte[ushort.MaxValue];

    public string Name => "authority";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            foreach (var name in (string[])["example.test.", "www.example.test.", "WWW.example.test.", "x.w.example.test.", "a.b.sub.example.test.", "x.old.example.test.", "alias.example.test.", "no.example.test."])
            {
                foreach (var type in (ushort[])[1, 2, 6, 15, 28, 43, QueryTypes.Any, QueryTypes.Ixfr])
                    yield return Query(name, type, (type & 1) == 0 ? Edns.Plain with { Options = [new EdnsOption.Nsid(default), new EdnsOption.Padding(3)] } : null);
            }
        }
    }

    public void Run(ReadOnlySpan<byte> octets)
    {
        foreach (var transport in (DnsTransport[])[DnsTransport.Udp, DnsTransport.Tls])
        {
            var context = new QueryContext(new(new IPv4Address(0xc0000201)), transport, default, TimeSpan.FromSeconds(1));
            var length = authority.Answer(state, context, octets, answer);
            if (length == 0)
                continue;
            if (transport is DnsTransport.Udp && length > Edns.UsualUdpSize)
                throw new InvalidOperationException($"{length} octets over UDP");
            if (!Message.TryRead(answer.AsSpan(0, length), out _, out var error))
                throw new InvalidOperationException($"the answer cannot be read: {error}");
        }
    }

    private static byte[] Query(string name, ushort type, Edns? edns)
    {
        var octets = new byte[512];
        var message = Message.Query(1, Parse(name), type) with { Edns = edns };
        return message.TryWrite(octets, out var length) ? octets[..length] : [];
    }

    private static Zone Build()
    {
        var builder = new ZoneBuilder(Parse("example.test."));
        void Add<T>(string owner, RrType type, RdataCodec<T> codec, T value) => builder.Add(Parse(owner).Wire, type, 300, codec.ToOctets(value).Span);
        Add("example.test.", RrTypes.Soa, RrTypes.Soa.Codec, new(Parse("ns.example.test."), Parse("h.example.test."), new(1), 2, 3, 4, 5));
        Add("example.test.", RrTypes.Mx, RrTypes.Mx.Codec, new(1, Parse("www.example.test.")));
        Add("www.example.test.", RrTypes.A, RrTypes.A.Codec, new(1));
        Add("*.w.example.test.", RrTypes.Ptr, RrTypes.Ptr.Codec, Parse("a.w.example.test."));
        Add("sub.example.test.", RrTypes.Ns, RrTypes.Ns.Codec, Parse("ns.sub.example.test."));
        Add("ns.sub.example.test.", RrTypes.A, RrTypes.A.Codec, new(2));
        Add("old.example.test.", RrTypes.Dname, RrTypes.Dname.Codec, Parse("old.example.test."));
        Add("alias.example.test.", RrTypes.Cname, RrTypes.Cname.Codec, Parse("x.old.example.test."));
        return builder.Build();
    }

    private static DomainName Parse(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);
}
