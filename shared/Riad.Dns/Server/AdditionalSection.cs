using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>Adds the addresses of the hosts that records name, from zones that we serve, while there is room.</summary>
/// <remarks>Each name once, whole sets only, their signatures where they are asked for. Source: RFC 1034 §4.3.2 step 6, RFC 9471 for glue, RFC 4035 §3.1.1 for signatures.</remarks>
internal ref struct AdditionalSection(AnswerState state, ZoneSet zones)
{
    /// <summary>Hosts beyond this number get no addresses.</summary>
    public const int MaxTargets = 64;

    private static readonly ushort[] AddressTypes = [1, 28];

    private readonly AnswerState state = state;
    private readonly ZoneSet zones = zones;
    private int targets;

    /// <summary>Adds what the zones know with authority of the hosts that a set names.</summary>
    public void AddTargets(ref MessageWriter writer, RecordSetView set, ReadOnlySpan<byte> owner)
    {
        foreach (var rdata in set.Rdatas(state.TargetRdata))
        {
            var target = TargetNames.Of(set.Type, rdata, owner);
            if (target.IsEmpty || !TryTake(target) || zones.FindAbove(state.TargetPath, 0)?.Zone is not { } zone)
                continue;
            var search = ZoneSearch.Of(zone, state.TargetPath, AddressTypes[0]);
            if (search.Outcome is SearchOutcome.Exact or SearchOutcome.Wildcard)
                TryAddAddresses(ref writer, new(search.Node, zone.Apex), target, withSignatures: zone.IsSigned && search.Outcome is SearchOutcome.Exact);
        }
    }

    /// <summary>Adds the glue of a cut: first that of name servers below the cut, then that of the other names of the zone.</summary>
    /// <returns>False when glue of a name server below the cut did not fit: the answer is truncated.</returns>
    /// <remarks>Source: RFC 9471 §3.</remarks>
    public bool TryAddGlue(ref MessageWriter writer, Zone zone, RecordSetView servers, ReadOnlySpan<byte> cut)
    {
        var complete = true;
        foreach (var server in servers.Rdatas(state.TargetRdata))
            complete &= !NameOctets.IsAtOrBelow(server, cut) || TryAddGlue(ref writer, zone, server);
        foreach (var server in servers.Rdatas(state.TargetRdata))
        {
            if (complete && NameOctets.IsAtOrBelow(server, zone.Apex.Wire))
                TryAddGlue(ref writer, zone, server);
        }
        return complete;
    }

    private bool TryAddGlue(ref MessageWriter writer, Zone zone, ReadOnlySpan<byte> server) =>
        !TryTake(server) || !zone.TryFind(state.TargetPath, out var node) || TryAddAddresses(ref writer, node, server, zone.IsSigned);

    /// <summary>Signatures are left out where there is no room; a wildcard's are of no use without a proof.</summary>
    private readonly bool TryAddAddresses(ref MessageWriter writer, ZoneNode node, ReadOnlySpan<byte> owner, bool withSignatures)
    {
        var complete = true;
        foreach (var type in AddressTypes)
        {
            if (!node.TryFind(type, out var addresses))
                continue;
            if (!SetWriter.TryWrite(ref writer, Section.Additional, owner, addresses, default))
                complete = false;
            else if (withSignatures && state.Query.IsDnssecOk)
                _ = SetWriter.TryWriteSignatures(ref writer, Section.Additional, owner, node, type, addresses.Ttl);
        }
        return complete;
    }

    /// <summary>Takes a name apart, unless it was taken before.</summary>
    private bool TryTake(ReadOnlySpan<byte> name)
    {
        state.TargetPath.Set(name);
        var hash = state.TargetPath.Hash(0);
        if (targets == MaxTargets || state.TargetHashes.AsSpan(0, targets).Contains(hash))
            return false;
        state.TargetHashes[targets++] = hash;
        return true;
    }
}
