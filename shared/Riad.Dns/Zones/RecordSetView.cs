using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>The records of one name and type: a view, which allocates nothing.</summary>
public readonly ref struct RecordSetView
{
    /// <summary>Octets that are always enough for the scratch of <see cref="Rdatas"/>.</summary>
    public const int ScratchLength = 20 + (2 * NameOctets.MaxLength);

    private readonly StoredSet stored;
    private readonly ReadOnlySpan<byte> relativeName;
    private readonly DomainName apex;

    internal RecordSetView(StoredSet stored, ReadOnlySpan<byte> relativeName, DomainName apex)
    {
        this.stored = stored;
        this.relativeName = relativeName;
        this.apex = apex;
    }

    internal StoredSet Stored => stored;

    /// <summary>The record type's number on the wire.</summary>
    public ushort Type => stored.Type;

    /// <summary>Seconds; one TTL for the whole set (RFC 2181 §5.2), but for signatures: <see cref="TtlOf"/>.</summary>
    public uint Ttl => stored.Ttl;

    /// <summary>The TTL of one of the records: that of the set, or for a signature that of the set that it signs.</summary>
    /// <param name="rdata">From <see cref="Rdatas"/>.</param>
    public uint TtlOf(ReadOnlySpan<byte> rdata) => SignatureTtl.Of(Type, Ttl, rdata);

    /// <summary>How many records; at least one.</summary>
    public int Count => stored.Count;

    /// <summary>The data of each record, uncompressed, to be enumerated with foreach.</summary>
    /// <param name="scratch">Names are expanded here: at least <see cref="ScratchLength"/> octets. Each step overwrites the last.</param>
    public RdataSequence Rdatas(Span<byte> scratch) => new(stored, relativeName, apex.Wire, scratch);
}
