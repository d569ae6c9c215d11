using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones.Edits;

namespace Riad.Dns.Zones.Checks;

/// <summary>A zone that was made from its earlier version, by reading only what differs in the file.</summary>
/// <param name="Zone">As a reading of the whole file would give it, but for the order of the records in a set and the case of owners.</param>
/// <param name="Hints">Addresses of name servers outside of the zone, in the file's order.</param>
/// <param name="Outline">Of the newer version.</param>
/// <param name="Touched">The names among which all differences lie, in canonical order.</param>
public sealed record ZoneUpdate(Zone Zone, Seq<NotifyHint> Hints, MasterOutline Outline, ImmutableArray<DomainName> Touched)
{
    /// <summary>Reads a later version of a file.</summary>
    /// <param name="before">The earlier version as a zone, under any serial; it was read without a warning.</param>
    /// <param name="hints">What the earlier version had of them.</param>
    /// <param name="outline">Of the earlier text.</param>
    /// <param name="textBefore">The earlier text.</param>
    /// <param name="text">The later text.</param>
    /// <param name="update">Null when the text has to be read whole.</param>
    /// <returns>False when there is anything to be said of the later text, or too much differs: the whole reading finds the words.</returns>
    public static bool TryRead(
        Zone before, Seq<NotifyHint> hints, MasterOutline outline, ReadOnlySpan<byte> textBefore, ReadOnlySpan<byte> text,
        [NotNullWhen(true)] out ZoneUpdate? update)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(outline);
        update = null;
        var changes = new VersionText(textBefore, text, outline);
        var edit = before.Edit();
        if (!changes.TryRead() || !TryApply(edit, outline.Serial, changes.Old, changes.New))
            return false;
        var zone = edit.Build();
        var hasDname = outline.HasDname || changes.New.Exists(record => record.Type == RrTypes.Dname);
        var facts = new ReadFacts(hasDname, SumOfTtls: null, DuplicateCount: 0, edit.OversizeCount, [.. hints]);
        var suspicions = new Suspicions(zone.Apex);
        new ZoneCheck(zone, facts, suspicions, isWhole: true).Run();
        if (!suspicions.IsEmpty)
            return false;
        update = new(zone, facts.Hints.ToSeq(), new([.. changes.Checkpoints], outline.Spacing, hasDname, zone.Serial), Owners(changes.Old.Concat(changes.New)));
        return true;
    }

    /// <summary>Takes the old records out and puts the new ones in; false when a whole reading would have something to say.</summary>
    private static bool TryApply(ZoneEdit edit, Serial written, List<PartRecord> old, List<PartRecord> next)
    {
        var apex = edit.Base.Apex.Wire;
        var soaBefore = old.FindAll(record => record.Type == RrTypes.Soa);
        var soaAfter = next.FindAll(record => record.Type == RrTypes.Soa);
        if (soaBefore.Count != soaAfter.Count || soaAfter.Count > 1 || soaAfter.Exists(soa => !NameOctets.AreEqual(soa.Owner, edit.Base.Apex.Wire)))
            return false;
        if (soaAfter.Count == 0)
            edit.SetSerial(written);
        else
            edit.RemoveSet(apex, RrTypes.Soa); // it may be served under another serial than the file's
        foreach (var record in old)
        {
            if (record.Type != RrTypes.Soa && !edit.Remove(record.Owner, record.Type, record.Rdata))
                return false;
        }
        foreach (var record in next)
        {
            if (!edit.TryAddNew(record.Owner, record.Type, record.Ttl, record.Rdata))
                return false;
        }
        return true;
    }

    private static ImmutableArray<DomainName> Owners(IEnumerable<PartRecord> records)
    {
        var owners = new SortedSet<DomainName>();
        byte[]? last = null;
        foreach (var record in records)
        {
            if (last is null || !record.Owner.AsSpan().SequenceEqual(last))
                owners.Add(DomainName.TryCreate(record.Owner, out var name) ? name : throw new System.Diagnostics.UnreachableException());
            last = record.Owner;
        }
        return [.. owners];
    }
}
