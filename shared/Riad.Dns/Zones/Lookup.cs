using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones;

/// <summary>What a zone answers to a question for a name and a type.</summary>
/// <typeparam name="TAnswer">RrSet for most types, Rr for those of which a name holds at most one.</typeparam>
/// <remarks>Source: RFC 1034 §4.3.2 step 3, RFC 4592 for wildcards.</remarks>
public abstract record Lookup<TAnswer>
{
    private Lookup()
    {
    }

    /// <summary>The name holds the type, or a wildcard gives it.</summary>
    public sealed record Found(TAnswer Answer) : Lookup<TAnswer>;

    /// <summary>The name exists and does not hold the type.</summary>
    public sealed record NoData(Soa Soa) : Lookup<TAnswer>;

    /// <summary>The name does not exist.</summary>
    public sealed record NameError(Soa Soa) : Lookup<TAnswer>;

    /// <summary>Another zone's servers know.</summary>
    /// <param name="Cut">Where this zone's authority ends.</param>
    /// <param name="Servers">The name servers of the zone there.</param>
    public sealed record Delegation(DomainName Cut, RrSet<DomainName> Servers) : Lookup<TAnswer>;

    /// <summary>The name is another name for <paramref name="Target"/>.</summary>
    public sealed record Alias(Ttl Ttl, DomainName Target) : Lookup<TAnswer>;

    /// <summary>The name lies below a DNAME.</summary>
    /// <param name="Owner">The name that holds the DNAME.</param>
    /// <param name="Ttl">Of the DNAME.</param>
    /// <param name="Target">The DNAME's target.</param>
    /// <param name="Name">The name to ask for instead; null when it would be too long (YXDOMAIN).</param>
    /// <remarks>Source: RFC 6672 §2.2.</remarks>
    public sealed record Redirection(DomainName Owner, Ttl Ttl, DomainName Target, DomainName? Name) : Lookup<TAnswer>;

    /// <summary>The name is not at or below the apex.</summary>
    public sealed record OutsideZone : Lookup<TAnswer>;
}
