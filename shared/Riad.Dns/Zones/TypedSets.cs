using Riad.Core;
using Riad.Dns.Records;

namespace Riad.Dns.Zones;

/// <summary>Reads stored records as values.</summary>
internal static class TypedSets
{
    /// <summary>A whole set.</summary>
    public static RrSet<T> Read<T>(RecordSetView set, RrType<T> type)
        where T : IEquatable<T> => new(new(set.Ttl), ReadValues(set, type.Codec));

    /// <summary>The first record of a set that should hold one only.</summary>
    public static Rr<T> Read<T>(RecordSetView set, SingletonRrType<T> type)
        where T : IEquatable<T> => new(new(set.Ttl), ReadValues(set, type.Codec)[0]);

    private static Seq<T> ReadValues<T>(RecordSetView set, RdataCodec<T> codec)
    {
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        var values = new List<T>(set.Count);
        foreach (var rdata in set.Rdatas(scratch))
        {
            var reader = new WireReader(rdata);
            values.Add(codec.Read(ref reader));
        }
        return values.ToSeq();
    }
}
