namespace Riad.Dns.Records;

/// <summary>A record type whose data is a <typeparamref name="T"/>, with any number of records per name.</summary>
public sealed class RrType<T> : RrType
    where T : IEquatable<T>
{
    internal RrType(ushort code, string mnemonic, RdataShape shape, RdataCodec<T> codec)
        : base(code, mnemonic, shape) => Codec = codec;

    /// <summary>Between octets and values.</summary>
    public RdataCodec<T> Codec { get; }

    /// <inheritdoc/>
    public override bool IsSingleton => false;
}
