using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Secondary;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;

namespace Riad.DnsSecondary.Following;

/// <summary>Whom a zone is transferred from, and with which key: as the operator says, else as the names of keys say.</summary>
/// <param name="given"><c>--primary</c>.</param>
/// <param name="keyName"><c>--key</c>; null when it was left out.</param>
/// <param name="tlsName"><c>--tls</c>; null for plain TCP.</param>
internal sealed class PrimaryChoice(ImmutableArray<IpEndpoint> given, DomainName? keyName, string? tlsName)
{
    private const ushort PlainPort = 53;
    private const ushort TlsPort = 853;

    /// <summary>The primaries of a zone, in the order in which they are asked; none when nothing names one.</summary>
    public Seq<PrimaryServer> Of(DomainName zone, TsigKeys keys)
    {
        var key = KeyOf(zone, keys);
        if (!given.IsEmpty)
            return given.Select(endpoint => Server(endpoint.Address, endpoint.Port, key)).ToSeq();
        return Roles(zone, keys).Where(role => role.Role.Primary is not null).Select(role => Server(role.Role.Primary!.Value, port: 0, role.Key.Name)).ToSeq();
    }

    /// <summary>The primaries of a zone, when it is clear who they are and which key signs.</summary>
    /// <param name="zone">The zone's name.</param>
    /// <param name="keys">The keys of the moment.</param>
    /// <param name="primaries">At least one on success: with a key wherever there are keys, so that nothing unsigned is believed then.</param>
    /// <param name="reason">Else what is missing, and what to write.</param>
    public bool TryChoose(DomainName zone, TsigKeys keys, out Seq<PrimaryServer> primaries, out string reason)
    {
        primaries = Of(zone, keys);
        var name = zone.ToStringWithoutFinalDot();
        reason = primaries.Count == 0 ? $"nothing says where {name} comes from; write --primary ADDRESS"
            : keys.Count > 0 && primaries[0].Key is null ? $"--keys holds several keys, and none is named for {name}; say which one signs with --key NAME"
            : "";
        return reason.Length == 0;
    }

    private DomainName? KeyOf(DomainName zone, TsigKeys keys) =>
        keyName ?? (keys.Count == 1 ? keys.First().Name : Roles(zone, keys).Select(role => role.Key.Name).FirstOrDefault());

    /// <summary>The keys whose names allow to transfer the zone, those of the closest zone first.</summary>
    private static IEnumerable<(TsigKey Key, KeyNameRole Role)> Roles(DomainName zone, TsigKeys keys) =>
        keys.Select(key => (Key: key, Role: KeyNameRole.TryRead(key.Name, out var role) ? role : null))
            .Where(entry => entry.Role?.Allows(AccessOperation.Transfer, zone) == true)
            .Select(entry => (entry.Key, entry.Role!))
            .OrderByDescending(entry => entry.Item2.Zone.LabelCount).ThenBy(entry => entry.Item2.Operation == AccessOperation.Transfer ? 0 : 1);

    private PrimaryServer Server(IpAddress address, ushort port, DomainName? key) =>
        new(new(address, port != SecondarySettings.UsualPort ? port : tlsName is null ? PlainPort : TlsPort), key, tlsName);
}
