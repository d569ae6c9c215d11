namespace Riad.Dns.Records;

/// <summary>A record type of which a name holds at most one: SOA, CNAME and DNAME.</summary>
public sealed class SingletonRrType<T> : RrType
    where T : IEquatable<T>
{
    internal SingletonRrType(ushort code, string mnemonic, RdataShape shape, RdataCodec<T> codec)
        : base(code, mnemonic, shape) => Codec = codec;

    /// <summary>Between octets and values.</summary>
    public RdataCodec<T> Codec { get; }

    /// <inheritdoc/>
    public override bool IsSingleton => true;
}
