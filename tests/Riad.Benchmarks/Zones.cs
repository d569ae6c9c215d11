using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Benchmarks;

/// <summary>Zones to measure with.</summary>
internal static class Zones
{
    public static Zone WithHosts(int count)
    {
        var builder = new ZoneBuilder(Name("example.test."));
        Add(builder, "example.test.", RrTypes.Soa, RrTypes.Soa.Codec, new(Name("ns.example.test."), Name("hostmaster.example.test."), new(1), 7200, 3600, 1209600, 300));
        Add(builder, "example.test.", RrTypes.Ns, RrTypes.Ns.Codec, Name("ns.elsewhere."));
        Add(builder, "sub.example.test.", RrTypes.Ns, RrTypes.Ns.Codec, Name("ns.sub.example.test."));
        Add(builder, "ns.sub.example.test.", RrTypes.A, RrTypes.A.Codec, new(1));
        for (var i = 0; i < count; i++)
        {
            Add(builder, $"host{i}.example.test.", RrTypes.A, RrTypes.A.Codec, new((uint)i));
            Add(builder, $"host{i}.example.test.", RrTypes.Aaaa, RrTypes.Aaaa.Codec, new(0, (ulong)i));
        }
        return builder.Build();
    }

    public static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);

    private static void Add<T>(ZoneBuilder builder, string owner, RrType type, RdataCodec<T> codec, T value) =>
        builder.Add(Name(owner).Wire, type, 300, codec.ToOctets(value).Span);
}
