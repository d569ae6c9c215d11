using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Server.Access;

/// <summary>Who may do what, as a policy file says: by key, and for transfers by address.</summary>
public sealed class Policy
{
    /// <summary>A file without a line.</summary>
    public static readonly Policy Empty = new([], []);

    private readonly ImmutableSortedDictionary<DomainName, Seq<PolicyGrant>> keys;
    private readonly ImmutableArray<(AddressRange Range, PolicyGrant Grant)> addresses;

    internal Policy(IEnumerable<KeyValuePair<DomainName, Seq<PolicyGrant>>> keys, ImmutableArray<(AddressRange Range, PolicyGrant Grant)> addresses) =>
        (this.keys, this.addresses) = (keys.ToImmutableSortedDictionary(), addresses);

    /// <summary>The keys that have a line, in canonical order.</summary>
    public IEnumerable<DomainName> KeyNames => keys.Keys;

    /// <summary>What the lines of a key grant; false when it has no line, so that its name decides.</summary>
    public bool TryFind(DomainName keyName, [NotNullWhen(true)] out Seq<PolicyGrant>? grants)
    {
        grants = keys.TryGetValue(keyName, out var found) ? found : null;
        return grants is not null;
    }

    /// <summary>True when clients of that address may transfer the zone without a key.</summary>
    public bool MayTransfer(IpAddress client, DomainName zone) =>
        addresses.Any(line => line.Range.Contains(client) && line.Grant.Allows(AccessOperation.Transfer, zone));
}
