using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Server.Access;

/// <summary>Collects what the lines of a policy file grant.</summary>
internal sealed class PolicyLines
{
    private readonly SortedDictionary<DomainName, List<PolicyGrant>> keys = [];
    private readonly SortedDictionary<DomainName, TextPosition> nothing = [];
    private readonly ImmutableArray<(AddressRange Range, PolicyGrant Grant)>.Builder addresses = ImmutableArray.CreateBuilder<(AddressRange, PolicyGrant)>();

    /// <summary>Lines that say 'nothing' of keys that have another line too.</summary>
    public IEnumerable<PolicyError> Contradictions => nothing
        .Where(line => keys[line.Key].Count > 0)
        .OrderBy(line => line.Value.Line)
        .Select(line => new PolicyError(line.Value, PolicyFault.NothingAndSomething, line.Key.ToStringWithoutFinalDot()));

    /// <summary>Takes a line of a key; without a grant it says 'nothing'.</summary>
    public void Add(DomainName key, PolicyGrant? grant, TextPosition at)
    {
        if (!keys.TryGetValue(key, out var grants))
            keys.Add(key, grants = []);
        if (grant is null)
            nothing[key] = at;
        else
            grants.Add(grant);
    }

    /// <summary>Takes a line of an address.</summary>
    public void Add(AddressRange range, PolicyGrant grant) => addresses.Add((range, grant));

    public Policy ToPolicy() => new(keys.Select(line => KeyValuePair.Create(line.Key, line.Value.ToSeq())), addresses.ToImmutable());
}
