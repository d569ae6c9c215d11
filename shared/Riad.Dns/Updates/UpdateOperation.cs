using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>One thing that an update does: a closed family.</summary>
/// <remarks>Source: RFC 2136 §2.5.</remarks>
public abstract record UpdateOperation
{
    private UpdateOperation(DomainName owner) => Owner = owner;

    /// <summary>In the zone.</summary>
    public DomainName Owner { get; }

    /// <summary>Adds a record, or gives the one that is there this TTL.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <param name="Ttl">What all records of the set have afterwards (RFC 2181 §5.2).</param>
    /// <param name="Data">Valid and uncompressed.</param>
    /// <remarks>Source: RFC 2136 §2.5.1.</remarks>
    public sealed record Add(DomainName Owner, RrType Type, Ttl Ttl, Octets Data) : UpdateOperation(Owner);

    /// <summary>Takes away all records of a type.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <remarks>Source: RFC 2136 §2.5.2.</remarks>
    public sealed record RemoveSet(DomainName Owner, RrType Type) : UpdateOperation(Owner);

    /// <summary>Takes away all records of a name.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <remarks>Source: RFC 2136 §2.5.3.</remarks>
    public sealed record RemoveName(DomainName Owner) : UpdateOperation(Owner);

    /// <summary>Takes away one record.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <param name="Data">Valid and uncompressed.</param>
    /// <remarks>Source: RFC 2136 §2.5.4.</remarks>
    public sealed record RemoveRecord(DomainName Owner, RrType Type, Octets Data) : UpdateOperation(Owner);

    /// <summary>The number of the type that is concerned; <see cref="Messages.QueryTypes.Any"/> for all of a name.</summary>
    public ushort TypeCode => this switch
    {
        Add add => add.Type.Code,
        RemoveSet remove => remove.Type.Code,
        RemoveRecord remove => remove.Type.Code,
        RemoveName => Messages.QueryTypes.Any,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
