using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tsig;

namespace Riad.Dns.Server.Access;

/// <summary>Who may transfer, notify and update. What nothing grants is denied.</summary>
/// <remarks>
/// A key with a line in the policy may do what its lines say and nothing else; any other key may do what its name says
/// (<see cref="KeyNameRole"/>). Who has no key may transfer where the policy grants it to the address, and nothing else.
/// Immutable; cheap enough for every request.
/// </remarks>
public sealed class Rights(Policy policy)
{
    /// <summary>What the names of keys say, and nothing else.</summary>
    public static readonly Rights ByKeyNames = new(Policy.Empty);

    /// <summary>The policy that these rights come from.</summary>
    public Policy Policy { get; } = policy;

    /// <summary>True when the zone may be fetched.</summary>
    /// <param name="key">Whose signature was good; null when there was none.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="zone">The zone's apex.</param>
    public bool MayTransfer(TsigKey? key, IpAddress client, DomainName zone) =>
        (key is not null && Allows(key, AccessOperation.Transfer, zone)) || Policy.MayTransfer(client, zone);

    /// <summary>True when a NOTIFY of the zone is acted on.</summary>
    /// <param name="key">Whose signature was good; null when there was none.</param>
    /// <param name="zone">The zone's apex.</param>
    public bool MayNotify(TsigKey? key, DomainName zone) => key is not null && Allows(key, AccessOperation.Notify, zone);

    /// <summary>True when something of the zone may be changed: what can be said before an update is read.</summary>
    /// <param name="key">Whose signature was good; null when there was none.</param>
    /// <param name="zone">The zone's apex.</param>
    public bool MayUpdate(TsigKey? key, DomainName zone) => key is not null && Allows(key, AccessOperation.Update, zone);

    /// <summary>True when records of this name and type may be added and deleted.</summary>
    /// <param name="key">Whose signature was good; null when there was none.</param>
    /// <param name="zone">The zone's apex.</param>
    /// <param name="owner">At the apex or below it.</param>
    /// <param name="type">The type's number; <see cref="QueryTypes.Any"/> asks for every type.</param>
    public bool MayUpdate(TsigKey? key, DomainName zone, DomainName owner, ushort type)
    {
        if (key is null)
            return false;
        return Policy.TryFind(key.Name, out var grants)
            ? grants.Value.Any(grant => grant.AllowsUpdate(zone, owner, type))
            : owner.IsAtOrBelow(zone) && AllowsByName(key, AccessOperation.Update, zone);
    }

    private bool Allows(TsigKey key, AccessOperation operation, DomainName zone) => Policy.TryFind(key.Name, out var grants)
        ? grants.Value.Any(grant => grant.Allows(operation, zone))
        : AllowsByName(key, operation, zone);

    private static bool AllowsByName(TsigKey key, AccessOperation operation, DomainName zone) =>
        KeyNameRole.TryRead(key.Name, out var role) && role.Allows(operation, zone);
}
