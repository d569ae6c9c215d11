using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>What must be so before an update is applied: a closed family.</summary>
/// <remarks>Source: RFC 2136 §2.4.</remarks>
public abstract record Prerequisite
{
    private Prerequisite(DomainName owner) => Owner = owner;

    /// <summary>In the zone.</summary>
    public DomainName Owner { get; }

    /// <summary>At least one record has this name; else NXDOMAIN.</summary>
    /// <remarks>Source: RFC 2136 §2.4.4.</remarks>
    public sealed record NameInUse(DomainName Owner) : Prerequisite(Owner);

    /// <summary>No record has this name; else YXDOMAIN.</summary>
    /// <remarks>Source: RFC 2136 §2.4.5. A name that exists only because a name below it does is not in use.</remarks>
    public sealed record NameNotInUse(DomainName Owner) : Prerequisite(Owner);

    /// <summary>The name has a record of this type; else NXRRSET.</summary>
    /// <remarks>Source: RFC 2136 §2.4.1.</remarks>
    public sealed record SetExists(DomainName Owner, RrType Type) : Prerequisite(Owner);

    /// <summary>The name has no record of this type; else YXRRSET.</summary>
    /// <remarks>Source: RFC 2136 §2.4.3.</remarks>
    public sealed record SetMissing(DomainName Owner, RrType Type) : Prerequisite(Owner);

    /// <summary>The name has this record, and of its type no other than those that the prerequisites list; else NXRRSET.</summary>
    /// <param name="Owner">In the zone.</param>
    /// <param name="Type">The record type.</param>
    /// <param name="Data">Valid and uncompressed.</param>
    /// <remarks>Source: RFC 2136 §2.4.2.</remarks>
    public sealed record SetHas(DomainName Owner, RrType Type, Octets Data) : Prerequisite(Owner);
}
