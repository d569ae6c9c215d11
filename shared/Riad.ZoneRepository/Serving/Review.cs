using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Git.Objects;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Serving;

/// <summary>Judges each zone of a commit against what is served, and gathers what would be served, changed and said.</summary>
/// <remarks>
/// Mutable, one owner, used once. Whether a bad zone refuses the whole commit or keeps its last good version is the
/// caller's decision; here it keeps it and is listed as degraded.
/// </remarks>
internal sealed class Review
{
    private const int MaxReasons = 20;

    private readonly ServedState served;
    private readonly RepositoryReading reading;
    private readonly SerialOptions options;
    private readonly ImmutableSortedDictionary<DomainName, ZoneVersion>.Builder zones = ImmutableSortedDictionary.CreateBuilder<DomainName, ZoneVersion>();
    private readonly SortedDictionary<DomainName, (ZoneChange Change, JournalZone Zone)> changes = [];
    private readonly List<DegradedZone> degraded = [];
    private readonly List<DomainName> removed = [];
    private readonly List<DomainName> missed = [];
    private readonly List<string> said = [];
    private readonly List<string> warnings = [];

    private Review(ServedState served, RepositoryReading reading, SerialOptions options) => (this.served, this.reading, this.options) = (served, reading, options);

    /// <summary>Zones that the commit no longer has, in canonical order of names.</summary>
    public IReadOnlyList<DomainName> Removed => removed;

    /// <summary>What keeps the commit from being served whole, in the order of names.</summary>
    public IReadOnlyList<DegradedZone> Degraded => degraded;

    /// <summary>What the journal's entry says; null when nothing that is served changes.</summary>
    public JournalEntry? Entry => changes.Count == 0
        ? null
        : new(reading.Commit, changes.Values.Select(change => change.Change).ToSeq(), changes.Values.Select(change => change.Zone).ToSeq());

    /// <summary>What is said when the commit is served.</summary>
    public IReadOnlyCollection<string> Lines => [.. said, .. warnings, .. NotesOnIgnored()];

    /// <summary>Judges.</summary>
    /// <param name="served">What is served.</param>
    /// <param name="reading">The commit.</param>
    /// <param name="options">How serials are judged.</param>
    /// <param name="mayRemoveSeveral">Asked when the commit lacks more than one zone, or the last of several that went before; false keeps them all.</param>
    public static Review Of(ServedState served, RepositoryReading reading, SerialOptions options, Func<bool> mayRemoveSeveral)
    {
        var review = new Review(served, reading, options);
        review.JudgeFaults();
        foreach (var zone in reading.Zones.Values)
            review.Judge(zone);
        review.JudgeMissing(mayRemoveSeveral);
        return review;
    }

    /// <summary>What is served then, with the journal that goes with it.</summary>
    public ServedState ToState(Journal journal) => served with
    {
        Commit = reading.Commit,
        Journal = journal,
        Tree = reading.Tree,
        Zones = zones.ToImmutable(),
        Degraded = [.. degraded],
        Missing = [.. missed],
    };

    private void JudgeFaults()
    {
        foreach (var fault in reading.Tree.Faults)
            Degrade(fault.PrintedPath, fault.Apex, [fault.Describe()]);
    }

    private void Judge(ZoneReading zone)
    {
        switch (zone)
        {
            case ZoneReading.Same same: zones[same.File.Apex] = same.Zone; break;
            case ZoneReading.Bad bad: Degrade(bad.File.PrintedPath, bad.File.Apex, bad.Errors); break;
            case ZoneReading.Good good: Judge(good); break;
            default: throw new UnreachableException();
        }
    }

    private void Judge(ZoneReading.Good good)
    {
        var apex = good.File.Apex;
        var rules = good.Zone.IsSigned ? options with { Strict = true } : options; // a serial of ours would break the signature of the SOA
        warnings.AddRange(good.Warnings.Select(warning => warning.ToString()));
        if (served.Zones.TryGetValue(apex, out var present))
        {
            var difference = ZoneDifference.Between(present.Zone, good.Zone, ZoneChange.MaxListedRecords, good.Touched);
            var verdict = SerialRule.ForServed(good.Zone.Serial, present.Serials, difference.HasChanges, rules);
            Follow(good, verdict, present.Serials, serial => ZoneChange.Of(difference.WithNewSerial(serial)));
            return;
        }
        ZoneChange NewZone(Serial serial) => new ZoneChange.Created(apex, serial, good.Zone.RecordCount);
        if (served.Journal.Zones.TryGetValue(apex, out var known))
            Follow(good, SerialRule.ForReturning(good.Zone.Serial, known.Last, rules), known.Last, NewZone);
        else
            Follow(good, SerialRule.ForNew(good.Zone.Serial, rules), default, NewZone);
    }

    private void Follow(ZoneReading.Good good, SerialVerdict verdict, LastSerial last, Func<Serial, ZoneChange> changeTo)
    {
        var written = good.Zone.Serial;
        switch (verdict)
        {
            case SerialVerdict.Unchanged unchanged:
                zones[good.File.Apex] = served.Zones[good.File.Apex] with { Sources = good.Sources, Hints = good.Hints, Outline = good.Outline };
                said.Add($"{good.File.Apex.ToStringWithoutFinalDot()}: serial {unchanged.Serial} stays, no record changed");
                WarnOfWayBack(good, unchanged.WentBack, last);
                break;
            case SerialVerdict.AsWritten asWritten:
                Serve(good, asWritten.Serial, changeTo(asWritten.Serial), "");
                break;
            case SerialVerdict.Raised raised:
                Serve(good, raised.Serial, changeTo(raised.Serial), $"; {SerialSentence.OfRaise(written, last)}");
                WarnOfWayBack(good, raised.WentBack, last);
                break;
            case SerialVerdict.Refused refused:
                Degrade(good.File.PrintedPath, good.File.Apex, [$"{good.SerialAt}: {SerialSentence.Of(refused.Fault, written, last, good.Zone.IsSigned)}"]);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Serve(ZoneReading.Good good, Serial serial, ZoneChange change, string remark)
    {
        var serials = new LastSerial(serial, good.Zone.Serial);
        var zone = serial == serials.Written ? good.Zone : good.Zone.WithSerial(serial);
        zones[good.File.Apex] = new(zone, serials, reading.Commit, good.Sources, good.Hints, good.Outline);
        changes[good.File.Apex] = (change, new JournalZone.Served(good.File.Apex, serials, reading.Commit, good.Sources));
        said.Add(change.Summary + remark);
    }

    private void WarnOfWayBack(ZoneReading.Good good, bool wentBack, LastSerial last)
    {
        if (wentBack)
            warnings.Add($"{good.SerialAt}: warning: {SerialSentence.OfWayBack(good.Zone.Serial, last)}");
    }

    private void JudgeMissing(Func<bool> mayRemoveSeveral)
    {
        var faulty = reading.Tree.Faults.Where(fault => fault.Apex is not null).Select(fault => fault.Apex!).ToHashSet();
        var missing = served.Zones.Where(zone => !reading.Zones.ContainsKey(zone.Key) && !faulty.Contains(zone.Key)).ToList();
        // When others were put back one by one, the last has not become one that goes alone.
        var areSeveral = missing.Count > 1 || missing.Exists(zone => served.Missing.Contains(zone.Key));
        if (areSeveral && !mayRemoveSeveral())
        {
            KeepMissing([.. missing.Select(zone => zone.Key)]);
            return;
        }
        foreach (var (apex, present) in missing)
        {
            var change = new ZoneChange.Removed(apex, present.Serials.Served);
            removed.Add(apex);
            changes[apex] = (change, new JournalZone.Removed(apex, present.Serials, reading.Commit));
            said.Add(change.Summary);
        }
    }

    private void KeepMissing(IReadOnlyList<DomainName> missing)
    {
        missed.AddRange(missing);
        const string Way = $"or confirm with a commit whose message has the line '{DeletionConsent.Line}'";
        if (missing is [var last])
        {
            var file = PathText.Print(served.Zones[last].Sources[0].Path);
            warnings.Add($"{DeletionConsent.Describe(missing, "that went from the branch with others stays served")}; put its file back, {Way}");
            Degrade(file, last, [$"{file}: is gone from the branch, as others were with it, and stays served; put it back, {Way}"]);
            return;
        }
        warnings.Add($"{DeletionConsent.Describe(missing, "are gone from the branch at once and stay served")}; put their files back, {Way}");
        foreach (var apex in missing)
        {
            var path = PathText.Print(served.Zones[apex].Sources[0].Path);
            Degrade(path, apex, [string.Create(CultureInfo.InvariantCulture, $"{path}: {missing.Count} zones are gone from the branch at once, and all stay served; put their files back, {Way}")]);
        }
    }

    /// <summary>Keeps the last good version.</summary>
    private void Degrade(string path, DomainName? apex, IReadOnlyCollection<string> reasons)
    {
        degraded.Add(new(path, apex, reasons.Take(MaxReasons).ToSeq()));
        if (apex is not null && served.Zones.TryGetValue(apex, out var present))
            zones[apex] = present;
    }

    /// <summary>Each is named once: when it appears, or when the reason is another than before.</summary>
    private IEnumerable<string> NotesOnIgnored() => reading.Tree.Ignored
        .Where(entry => served.Tree.Find(entry.Path) is not ZoneTreeEntry.Ignored before || before.Reason != entry.Reason)
        .Select(entry => entry.Describe());
}
