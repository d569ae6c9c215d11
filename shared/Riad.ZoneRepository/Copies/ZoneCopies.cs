using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.Git.Trees;

namespace Riad.ZoneRepository.Copies;

/// <summary>What a secondary has kept so far, and how the next versions of zones are added to it. Immutable.</summary>
/// <remarks>
/// A version that came by differences is written as these, so that one record of a large zone costs a few small files. When
/// they have grown to a quarter of the zone, or to a hundred, the whole version is written in their place: what must be read
/// at a start stays near the size of the zone.
/// </remarks>
public sealed class ZoneCopies
{
    private const int MaxChanges = 100;
    private const long MinRecords = 100; // of a small zone a few changes are kept all the same
    private const int RecordsPerChange = 4; // the share of the zone that its changes may reach
    private const int MaxNamesInSubject = 3;
    private const int MaxSummaries = 100;

    private readonly ImmutableDictionary<DomainName, Known> known;

    private ZoneCopies(ObjectId tip, ImmutableDictionary<DomainName, Known> known) => (Tip, this.known) = (tip, known);

    /// <summary>Before the first commit.</summary>
    public static ZoneCopies Empty { get; } = new(ObjectId.Zero, ImmutableDictionary<DomainName, Known>.Empty);

    /// <summary>The newest commit; zero before the first.</summary>
    public ObjectId Tip { get; }

    /// <summary>How many zones can be read back.</summary>
    public int Count => known.Count;

    /// <summary>Begins with what was read.</summary>
    /// <param name="tip">The commit.</param>
    /// <param name="copies">Those of its zones that can be read; others are written whole the next time.</param>
    public static ZoneCopies Of(ObjectId tip, IEnumerable<ZoneCopy> copies) =>
        new(tip, copies.ToImmutableDictionary(copy => copy.Account.Apex, copy => new Known(copy.Zone.Serial, copy.Steps.Length, copy.Steps.Sum(Size))));

    /// <summary>Makes the next commit. Deterministic: the same arguments give the same octets.</summary>
    /// <param name="store">Where the objects of the present commit are.</param>
    /// <param name="changes">At least one; each zone at most once.</param>
    /// <param name="signature">Who keeps, and when.</param>
    /// <param name="next">What is kept once <paramref name="writing"/> is stored; this on failure.</param>
    /// <param name="writing">What to store; null on failure.</param>
    /// <param name="error">Why the present commit cannot be gone on with.</param>
    public bool TryAppend(
        IObjectStore store, IReadOnlyCollection<CopyChange> changes, Signature signature, out ZoneCopies next, [NotNullWhen(true)] out CopyWriting? writing, out CopyError error)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0)
            throw new ArgumentException("a commit has at least one change", nameof(changes));
        (next, writing) = (this, null);
        Tree? root = null;
        if (!Tip.IsZero && !CopyReader.TryReadRoot(store, Tip, out root, out error))
            return false;
        var draft = new Draft(known);
        foreach (var change in changes.OrderBy(change => change.Apex))
            draft.Take(change);
        if (!TreeEdit.TryApply(store, root is null ? default : GitObject.Create(ObjectKind.Tree, root.Octets).Id, draft.Edits, out var edited, out var fault))
        {
            error = new(CopyFault.Missing, CopyFormat.ZonesFolder, fault.ToString());
            return false;
        }
        error = default;
        var commit = Commit.Create(edited.Root, Tip.IsZero ? [] : [Tip], signature, signature, MessageOf(changes));
        var id = GitObject.Create(ObjectKind.Commit, commit.Octets);
        writing = new(id.Id, [.. draft.Files.Concat(edited.NewTrees).Append(id).DistinctBy(added => added.Id)], draft.TooLarge);
        next = new(id.Id, draft.Known.ToImmutable());
        return true;
    }

    private static string MessageOf(IReadOnlyCollection<CopyChange> changes)
    {
        var sorted = changes.OrderBy(change => change.Apex).ToList();
        if (sorted is [var only])
            return only.Summary;
        var names = string.Join(", ", sorted.Take(MaxNamesInSubject).Select(change => change.Apex.ToStringWithoutFinalDot()));
        if (sorted.Count > MaxNamesInSubject)
            names = string.Create(CultureInfo.InvariantCulture, $"{names} and {sorted.Count - MaxNamesInSubject} more");
        var summaries = sorted.Take(MaxSummaries).Select(change => change.Summary).ToList();
        if (sorted.Count > MaxSummaries)
            summaries.Add(string.Create(CultureInfo.InvariantCulture, $"and {sorted.Count - MaxSummaries} more"));
        return string.Create(CultureInfo.InvariantCulture, $"{sorted.Count} zones: {names}\n\n{string.Join('\n', summaries)}\n");
    }

    private static long Size(ZoneStep step) => step.Removed.Length + step.Added.Length;

    /// <summary>What stands in the folder of a zone.</summary>
    /// <param name="Serial">Of the newest version.</param>
    /// <param name="Changes">Files of changes since the whole version.</param>
    /// <param name="Records">Records in them.</param>
    private sealed record Known(Serial Serial, int Changes, long Records);

    /// <summary>The edits of one commit. Mutable, one owner.</summary>
    private sealed class Draft(ImmutableDictionary<DomainName, Known> before)
    {
        private readonly ImmutableArray<DomainName>.Builder tooLarge = ImmutableArray.CreateBuilder<DomainName>();

        public ImmutableDictionary<DomainName, Known>.Builder Known { get; } = before.ToBuilder();

        public List<GitObject> Files { get; } = [];

        public List<PathEdit> Edits { get; } = [new(CopyFormat.FormatFile, EntryMode.File, default)];

        public ImmutableArray<DomainName> TooLarge => tooLarge.ToImmutable();

        public void Take(CopyChange change)
        {
            if (Edits[0].Id.IsZero)
                Edits[0] = Edits[0] with { Id = Add(Encoding.ASCII.GetBytes(CopyFormat.Current + "\n")) };
            switch (change)
            {
                case CopyChange.Removed(var apex): Remove(apex); break;
                case CopyChange.Version version when Extend(version) is { } extended: TakeSteps(version, extended); break;
                case CopyChange.Version version: TakeWhole(version); break;
                default: throw new UnreachableException();
            }
        }

        /// <summary>What is known of the zone once the steps are added to it; null when the whole version is to be written.</summary>
        private Known? Extend(CopyChange.Version version)
        {
            if (version.Steps.IsEmpty || !Known.TryGetValue(version.Apex, out var present) || present.Serial != version.Steps[0].From)
                return null;
            var extended = new Known(version.Zone.Serial, present.Changes + version.Steps.Length, present.Records + version.Steps.Sum(Size));
            return extended.Changes <= MaxChanges && extended.Records <= Math.Max(MinRecords, version.Zone.RecordCount / RecordsPerChange) ? extended : null;
        }

        private void TakeSteps(CopyChange.Version version, Known extended)
        {
            var path = CopyFormat.PathOf(version.Apex);
            var number = extended.Changes - version.Steps.Length;
            foreach (var step in version.Steps)
                Write($"{path}/{CopyFormat.ChangesFolder}/{CopyFormat.ChangeName(++number)}", StepText.Print(step));
            Write($"{path}/{CopyFormat.AccountFile}", CopyAccountText.Print(version.Account));
            Known[version.Apex] = extended;
        }

        private void TakeWhole(CopyChange.Version version)
        {
            Remove(version.Apex); // what stands in the folder goes, whatever it is
            if (!WholeZoneText.TryPrint(version.Zone, out var text))
            {
                tooLarge.Add(version.Apex);
                return;
            }
            var path = CopyFormat.PathOf(version.Apex);
            Write($"{path}/{CopyFormat.ZoneFile}", text);
            Write($"{path}/{CopyFormat.AccountFile}", CopyAccountText.Print(version.Account));
            Known[version.Apex] = new(version.Zone.Serial, 0, 0);
        }

        private void Remove(DomainName apex)
        {
            Edits.Add(new(CopyFormat.PathOf(apex), EntryMode.Directory, default));
            Known.Remove(apex);
        }

        private void Write(string path, ReadOnlyMemory<byte> content) => Edits.Add(new(path, EntryMode.File, Add(content)));

        private ObjectId Add(ReadOnlyMemory<byte> content)
        {
            var file = GitObject.Create(ObjectKind.Blob, content);
            Files.Add(file);
            return file.Id;
        }
    }
}
