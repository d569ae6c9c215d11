using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Server.Access;

/// <summary>What a line of a policy grants.</summary>
/// <param name="Operation">This one, and no other: nothing is implied.</param>
/// <param name="Scope">Where.</param>
/// <param name="Types">For updates: the record types that may be changed; empty for all.</param>
public sealed record PolicyGrant(AccessOperation Operation, PolicyScope Scope, Seq<ushort> Types)
{
    /// <summary>True when the operation is granted on the zone, or on a part of it.</summary>
    public bool Allows(AccessOperation operation, DomainName zone) => operation == Operation && Scope.Touches(zone);

    /// <summary>True when records of that name and type may be changed. Of type ANY: when those of every type may.</summary>
    public bool AllowsUpdate(DomainName zone, DomainName owner, ushort type) =>
        Operation is AccessOperation.Update && Scope.Contains(zone, owner)
        && (Types.Count == 0 || (type != QueryTypes.Any && Types.Contains(type)));
}
