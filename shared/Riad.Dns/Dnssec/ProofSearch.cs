using System.Diagnostics;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Dnssec;

/// <summary>Finds the NSEC or NSEC3 records that prove an answer.</summary>
/// <param name="proofs">Receives the names that hold them.</param>
/// <param name="zone">The zone that answers.</param>
/// <param name="path">The name in question, at or below the apex.</param>
/// <remarks>Names are given as labels of the path. Source: RFC 4035 §3.1.3, RFC 5155 §7.2.</remarks>
internal readonly ref struct ProofSearch(Proofs proofs, Zone zone, NamePath path)
{
    private readonly Proofs proofs = proofs;
    private readonly Zone zone = zone;
    private readonly NamePath path = path;

    private int ApexLabel => path.LabelCount - zone.ApexLabelCount;

    /// <summary>Neither the name exists, nor a wildcard for it.</summary>
    /// <param name="encloser">The label of the closest encloser.</param>
    public void ForNameError(int encloser)
    {
        switch (zone.Denial.Kind)
        {
            case DenialKind.None: return;
            case DenialKind.Nsec:
                AddNsec(path.Between(0, ApexLabel));
                AddNsec(path.Wildcard(encloser, ApexLabel, out _));
                return;
            case DenialKind.Nsec3:
                AddHashOfWildcard(AddEncloser(encloser));
                return;
            default: throw new UnreachableException();
        }
    }

    /// <summary>The name exists and does not hold the type. For DS also a cut.</summary>
    /// <param name="label">The name: 0, or the label of a cut above it.</param>
    public void ForNoData(int label)
    {
        switch (zone.Denial.Kind)
        {
            case DenialKind.None: return;
            case DenialKind.Nsec:
                AddNsec(path.Between(label, ApexLabel)); // an empty non-terminal has none: the record before it proves it
                return;
            case DenialKind.Nsec3:
                if (!TryAddMatch(label) && label < ApexLabel)
                    AddEncloser(label + 1); // opted out: RFC 5155 §7.2.4, §7.2.7
                return;
            default: throw new UnreachableException();
        }
    }

    /// <summary>A wildcard answers, since the name does not exist.</summary>
    /// <param name="encloser">The label of the wildcard's parent.</param>
    public void ForWildcardAnswer(int encloser)
    {
        switch (zone.Denial.Kind)
        {
            case DenialKind.None: return;
            case DenialKind.Nsec: AddNsec(path.Between(0, ApexLabel)); return;
            case DenialKind.Nsec3: AddCover(encloser - 1); return;
            default: throw new UnreachableException();
        }
    }

    /// <summary>A wildcard would answer, but does not hold the type.</summary>
    /// <param name="encloser">The label of the wildcard's parent.</param>
    public void ForWildcardNoData(int encloser)
    {
        switch (zone.Denial.Kind)
        {
            case DenialKind.None: return;
            case DenialKind.Nsec: ForNameError(encloser); return; // the record at the wildcard is the one at or before it
            case DenialKind.Nsec3:
                AddEncloser(encloser);
                AddHashOfWildcard(encloser);
                return;
            default: throw new UnreachableException();
        }
    }

    private void AddNsec(ReadOnlySpan<byte> relativeName) => proofs.Add(zone, zone.Denial.FindAtOrBefore(zone, relativeName, out _));

    /// <summary>Proves the closest encloser that has a hash in the zone, and that the name one label longer has none.</summary>
    /// <param name="encloser">The closest encloser. Where insecure delegations are left out, its hash, too, may be missing.</param>
    /// <returns>The label of the one that could be proved.</returns>
    /// <remarks>Source: RFC 5155 §7.2.1.</remarks>
    private int AddEncloser(int encloser)
    {
        while (!TryAddMatch(encloser) && encloser < ApexLabel)
            encloser++;
        AddCover(encloser - 1);
        return encloser;
    }

    private bool TryAddMatch(int label)
    {
        var place = Find(path.Lower[path.Start(label)..], out var isMatch);
        if (isMatch)
            proofs.Add(zone, place);
        return isMatch;
    }

    private void AddCover(int label) => proofs.Add(zone, Find(path.Lower[path.Start(label)..], out _));

    private void AddHashOfWildcard(int encloser)
    {
        Span<byte> name = stackalloc byte[2 + NameOctets.MaxLength];
        "\u0001*"u8.CopyTo(name);
        var above = path.Lower[path.Start(encloser)..];
        above.CopyTo(name[2..]);
        proofs.Add(zone, Find(name[..(2 + above.Length)], out _));
    }

    private uint Find(ReadOnlySpan<byte> name, out bool isMatch)
    {
        Span<byte> label = stackalloc byte[Nsec3Hash.LabelLength];
        Nsec3Hash.WriteLabel(name, zone.Denial.Parameters!, label);
        return zone.Denial.FindAtOrBefore(zone, label, out isMatch);
    }
}
