using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>A change to the records of a master file.</summary>
public abstract record MasterChange
{
    private MasterChange(DomainName owner, RrType type) => (Owner, Type) = (owner, type);

    /// <summary>In the zone.</summary>
    public DomainName Owner { get; }

    /// <summary>The record type.</summary>
    public RrType Type { get; }

    /// <summary>Takes a record away.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <param name="Data">Uncompressed; the case of names does not matter.</param>
    public sealed record Remove(DomainName Owner, RrType Type, Octets Data) : MasterChange(Owner, Type);

    /// <summary>Adds a record at the end of the file.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <param name="Ttl">Written only where it differs from the file's $TTL.</param>
    /// <param name="Data">Uncompressed.</param>
    public sealed record Add(DomainName Owner, RrType Type, Ttl Ttl, Octets Data) : MasterChange(Owner, Type);

    /// <summary>Gives a record other data, in its place.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <param name="Data">What it has now.</param>
    /// <param name="Next">What it is to have.</param>
    public sealed record Replace(DomainName Owner, RrType Type, Octets Data, Octets Next) : MasterChange(Owner, Type);

    /// <summary>Gives all records of a set another TTL.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <param name="Ttl">What they are to have.</param>
    /// <param name="Records">How many the set has before all changes; 0 where that is not known, and all files have to be read.</param>
    public sealed record SetTtl(DomainName Owner, RrType Type, Ttl Ttl, int Records = 0) : MasterChange(Owner, Type);
}
