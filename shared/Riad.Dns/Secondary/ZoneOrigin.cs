using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Secondary;

/// <summary>How we came to a zone.</summary>
public abstract record ZoneOrigin
{
    private ZoneOrigin()
    {
    }

    /// <summary>The operator named it.</summary>
    public sealed record Given : ZoneOrigin;

    /// <summary>The operator named it as a catalog: its members are ours too, and it is not served itself.</summary>
    /// <remarks>Source: RFC 9432.</remarks>
    public sealed record Catalog : ZoneOrigin;

    /// <summary>A catalog lists it.</summary>
    /// <param name="Of">The catalog.</param>
    /// <param name="Id">The label of its entry: another one means that the zone begins anew.</param>
    /// <param name="Group">What the catalog says of its group; null when it says nothing.</param>
    public sealed record Member(DomainName Of, Octets Id, string? Group) : ZoneOrigin;

    /// <summary>A signed NOTIFY told of it; it goes when its primaries say that it is none of theirs.</summary>
    public sealed record Learned : ZoneOrigin;
}
