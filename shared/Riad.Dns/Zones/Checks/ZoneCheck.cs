using Riad.Dns.Dnssec;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>Checks a zone as a whole, name by name.</summary>
/// <param name="zone">All records that were read.</param>
/// <param name="facts">What the text says beside them; null for a zone that was not read from a text.</param>
/// <param name="suspicions">Receives what is found.</param>
/// <param name="isWhole">False when lines were refused: then nothing is said to be missing, since it may stand there.</param>
internal sealed class ZoneCheck(Zone zone, ReadFacts? facts, Suspicions suspicions, bool isWhole)
{
    private const int MxTargetOffset = 2;
    private const int SrvTargetOffset = 6;

    private readonly Targets targets = new(zone);
    private readonly byte[] scratch = new byte[RecordSetView.ScratchLength];
    private readonly bool isReverse = zone.Apex.IsAtOrBelow(ReverseRoot);
    private readonly byte[] lastHost = new byte[NameOctets.MaxLength];
    private int lastHostLength;
    private Target lastHostTarget;
    private ulong sumOfTtls;
    private bool hasHashes;

    private static readonly DomainName ReverseRoot = DomainName.TryParseAbsolute("arpa", out var arpa) ? arpa : DomainName.Root;

    private DomainName Apex => zone.Apex;

    public void Run()
    {
        foreach (var node in zone.Nodes)
        {
            if (suspicions.IsFull)
                return;
            CheckName(node);
        }
        CheckApex();
        if (isWhole)
            SignedZoneCheck.Run(zone, hasHashes, suspicions);
        if (facts is null)
            return;
        CheckForeign(facts);
        if (facts.OversizeCount > 0)
            Error(ZoneFault.SetTooLarge, Apex, RrTypes.Soa, CheckSentences.SetTooLarge(Apex));
        suspicions.Duplicates = facts.DuplicateCount;
        if (facts.DuplicateCount > 0 || (facts.SumOfTtls is { } written && sumOfTtls != written))
            suspicions.TtlsDifferIn = zone;
    }

    /// <summary>Checks a single name, which need not exist.</summary>
    public void RunAt(DomainName name)
    {
        if (zone.TryFind(name.Wire, out var node))
            CheckName(node);
    }

    /// <summary>Signatures of the CNAME itself.</summary>
    /// <remarks>Source: RFC 4034 §3, §4.</remarks>
    public static bool MayStandBesideCname(ushort type) => type is 46 or 47;

    private void CheckName(in ZoneNode node)
    {
        var sets = 0;
        ushort clash = 0; // the first type beside a CNAME
        var hasCname = false;
        var isHash = true; // an NSEC3 record's owner: no name of the zone
        var isAddressOnly = true; // glue is: looked at only when a DNAME might be above it
        foreach (var set in node.Sets)
        {
            sets++;
            sumOfTtls += set.Type == SignatureTtl.Type ? 0 : (ulong)set.Ttl * (uint)set.Count;
            isHash &= Nsec3Hash.MayStandAtHash(set.Type);
            hasHashes |= set.Type == RrTypes.Nsec3.Code;
            hasCname |= set.Type == RrTypes.Cname.Code;
            if (clash == 0 && set.Type != RrTypes.Cname.Code && !MayStandBesideCname(set.Type))
                clash = set.Type;
            isAddressOnly &= set.Type is 1 or 28;
            if (set.Type is 2 or 5 or 12 or 15 or 33 or 39 or 43)
                CheckSet(node, set);
        }
        if (hasCname && clash != 0)
            Error(ZoneFault.CnameAndOther, node.Owner, 0, CheckSentences.CnameAndOther(node.Owner, Apex, RrTypes.Print(clash)));
        if (sets > 0 && node.IsOccluded && !isHash && (!isAddressOnly || facts is null or { HasDname: true }))
            CheckOccluded(node);
        if (sets > 0 && !node.IsApex)
            CheckFinalDot(node);
    }

    private void CheckSet(in ZoneNode node, in RecordSetView set)
    {
        switch (set.Type)
        {
            case 2: CheckServers(node, set); break;
            case 5 when set.Count > 1: Error(ZoneFault.SeveralCnames, node.Owner, set.Type, CheckSentences.Several(node.Owner, Apex, "CNAME")); break;
            case 12 when isReverse: CheckPointers(node, set); break;
            case 15: CheckHosts(node, set, MxTargetOffset, ZoneFault.MxTargetMissing, ZoneFault.MxTargetIsAlias, "is a mail exchange", "RFC 2181 §10.3"); break;
            case 33: CheckHosts(node, set, SrvTargetOffset, ZoneFault.SrvTargetMissing, ZoneFault.SrvTargetIsAlias, "is the target of an SRV record", "RFC 2782"); break;
            case 39 when set.Count > 1: Error(ZoneFault.SeveralDnames, node.Owner, set.Type, CheckSentences.Several(node.Owner, Apex, "DNAME")); break;
            case 43: CheckDs(node); break;
        }
    }

    /// <summary>A DS belongs to a delegation, on the side above.</summary>
    /// <remarks>Source: RFC 4035 §2.4, which says SHOULD NOT of both.</remarks>
    private void CheckDs(in ZoneNode node)
    {
        if (node.IsApex)
            Add(ZoneFault.DsAtApex, Severity.Warning, node, RrTypes.Ds.Code, default, CheckSentences.DsAtApex(Apex));
        else if (isWhole && !node.TryFind(RrTypes.Ns.Code, out _))
            Add(ZoneFault.DsWithoutNs, Severity.Warning, node, RrTypes.Ds.Code, default, CheckSentences.DsWithoutNs(node.Owner, Apex));
    }

    private void CheckServers(in ZoneNode node, in RecordSetView set)
    {
        if (node.IsOccluded)
            return;
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        owner = owner[..node.CopyOwner(owner)];
        foreach (var server in set.Rdatas(scratch))
        {
            var target = targets.Find(server);
            if (target is Target.Alias)
                Add(ZoneFault.NsTargetIsAlias, Severity.Error, node, set.Type, server, CheckSentences.TargetIsAlias(NameOf(server), Apex, "is a name server", "RFC 2181 §10.3"));
            else if (target is Target.Missing && isWhole)
                Add(ZoneFault.NsTargetMissing, Severity.Error, node, set.Type, server, CheckSentences.TargetMissing(NameOf(server), Apex, "is a name server"));
            else if (target is Target.DelegatedWithoutAddress && isWhole && (node.IsApex || NameOctets.IsAtOrBelow(server, owner)))
                Add(ZoneFault.GlueMissing, Severity.Error, node, set.Type, server, CheckSentences.GlueMissing(node.Owner, NameOf(server), Apex));
        }
    }

    private void CheckHosts(in ZoneNode node, in RecordSetView set, int offset, ZoneFault missing, ZoneFault alias, string use, string source)
    {
        if (node.IsOccluded)
            return;
        foreach (var data in set.Rdatas(scratch))
        {
            var host = data[offset..];
            var target = host.Length == 1 ? Target.Elsewhere : FindHost(host); // "." says that there is none (RFC 7505, RFC 2782)
            if (target is Target.Alias)
                Add(alias, Severity.Warning, node, set.Type, data, CheckSentences.TargetIsAlias(NameOf(host), Apex, use, source));
            else if (target is Target.Missing && isWhole)
                Add(missing, Severity.Warning, node, set.Type, data, CheckSentences.TargetMissing(NameOf(host), Apex, use));
        }
    }

    /// <summary>Many names of a zone share one mail exchange.</summary>
    private Target FindHost(ReadOnlySpan<byte> host)
    {
        if (lastHost.AsSpan(0, lastHostLength).SequenceEqual(host))
            return lastHostTarget;
        var target = targets.Find(host);
        if (target is Target.Elsewhere)
            return target; // cheap to find again
        host.CopyTo(lastHost);
        (lastHostLength, lastHostTarget) = (host.Length, target);
        return target;
    }

    /// <summary>A host's name without its final dot ends up in the reverse zone.</summary>
    private void CheckPointers(in ZoneNode node, in RecordSetView set)
    {
        foreach (var target in set.Rdatas(scratch))
        {
            if (NameOctets.IsAtOrBelow(target, Apex.Wire))
                Add(ZoneFault.FinalDotMissing, Severity.Warning, node, set.Type, target, CheckSentences.PointerIntoReverse(NameOf(target)));
        }
    }

    private void CheckOccluded(in ZoneNode node)
    {
        var above = node.Owner.Parent;
        while (above is not null && !(zone.TryFind(above.Wire, out var found) && IsOccluding(found)))
            above = above.Parent;
        if (above is null || !zone.TryFind(above.Wire, out var occluding))
            return;
        if (!occluding.IsDelegation)
            Error(ZoneFault.BelowDname, node.Owner, 0, CheckSentences.BelowDname(node.Owner, above, Apex));
        else
        {
            foreach (var set in node.Sets)
            {
                if (set.Type is not 1 and not 28)
                {
                    Add(ZoneFault.BelowDelegation, Severity.Warning, node, set.Type, default, CheckSentences.BelowDelegation(node.Owner, above, Apex, RrTypes.Print(set.Type)));
                    return;
                }
            }
        }
    }

    private static bool IsOccluding(in ZoneNode node) => !node.IsOccluded && (node.IsDelegation || node.TryFind(RrTypes.Dname.Code, out _));

    /// <summary>"www.example.org" without its final dot becomes www.example.org.example.org.</summary>
    private void CheckFinalDot(in ZoneNode node)
    {
        var relative = node.RelativeName;
        var apexLabels = Apex.Wire[..^1];
        if (apexLabels.IsEmpty || relative.Length < apexLabels.Length)
            return;
        var end = relative[^apexLabels.Length..];
        if (end.SequenceEqual(apexLabels) && NameOctets.IsAtOrBelow([.. relative, 0], Apex.Wire))
            Add(ZoneFault.FinalDotMissing, Severity.Warning, node, 0, default, CheckSentences.FinalDotMissing(node.Owner));
    }

    private void CheckApex()
    {
        if (isWhole && zone.TryFind(Apex.Wire, out var apex) && !apex.TryFind(RrTypes.Ns.Code, out _))
            Error(ZoneFault.NsMissing, Apex, RrTypes.Soa, CheckSentences.NsMissing(Apex));
    }

    /// <summary>Addresses outside of the zone are hints when they belong to a name server of the apex.</summary>
    private void CheckForeign(ReadFacts facts)
    {
        if (facts.ForeignAddresses.Count == 0)
            return;
        var servers = zone.Find(Apex, RrTypes.Ns)?.Values.ToHashSet() ?? [];
        foreach (var address in facts.ForeignAddresses)
        {
            if (servers.Contains(address.Server))
                facts.Hints.Add(address);
            else if (isWhole)
                Error(ZoneFault.OutOfZone, address.Server, 0, CheckSentences.OutOfZone(address.Server, Apex));
        }
    }

    private void Error(ZoneFault fault, DomainName owner, RrType type, string sentence) => Error(fault, owner, type.Code, sentence);

    private void Error(ZoneFault fault, DomainName owner, ushort type, string sentence) => suspicions.Add(fault, Severity.Error, owner, type, default, sentence);

    private void Add(ZoneFault fault, Severity severity, in ZoneNode node, ushort type, ReadOnlySpan<byte> data, string sentence) =>
        suspicions.Add(fault, severity, node.Owner, type, data, sentence);

    private static DomainName NameOf(ReadOnlySpan<byte> wire) =>
        DomainName.TryCreate(wire, out var name) ? name : throw new System.Diagnostics.UnreachableException();
}
