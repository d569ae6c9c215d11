using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.DnsPrimaryGit.Keys;
using Riad.DnsPrimaryGit.Remotes;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Io;
using Riad.Git.Objects;
using Riad.Host;
using Riad.Host.Pages;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Pages;

/// <summary>Gathers what pages show from what is served, the journal and the counters.</summary>
internal sealed class PageSource(Repository repository, ZoneKeeper keeper, KeeperOptions options, QueryRates rates, KeyService keys, HostClock clock, Func<RemoteStatus?> remote)
{
    /// <summary>Where the repository is mounted.</summary>
    public const string RepositoryPath = "/zones.git";

    private const int ShownChanges = 15;
    private const int ShownVersions = 50;
    private const int MostVisited = 2000;
    private const int MostLines = 2000;

    private readonly KnownVersions versions = new();
    private JournalRows? shown;

    public StatusView Status(HttpRequest request)
    {
        var state = keeper.State;
        var far = remote();
        return new(
            $"{ApplianceVersion.Current.Version} ({Words.Commit(ApplianceVersion.Current.Commit)})",
            clock.Elapsed.Value,
            options.Branch,
            state.Commit.IsZero ? null : state.Commit.ToString(),
            $"{request.Scheme}://{request.Host}{RepositoryPath}",
            rates.Total,
            (far?.Trouble is { } trouble ? [trouble, .. keeper.Troubles, .. keys.Troubles] : keeper.Troubles.Concat(keys.Troubles)).ToSeq(),
            Rows(state).ToSeq(),
            LastChanges(state.Journal.Tip))
        {
            Secondaries = keys.DescribeSecondaries(),
            Remote = far is null ? null : Describe(far),
        };
    }

    /// <summary>True when <see cref="Zone"/> has much to read first.</summary>
    public bool MustReadFor(DomainName apex)
    {
        var journal = keeper.State.Journal;
        return journal.Zones.ContainsKey(apex) && !versions.TryFind(journal.Tip, apex, out _);
    }

    public ZoneView? Zone(DomainName apex)
    {
        var state = keeper.State;
        var row = Rows(state).FirstOrDefault(row => string.Equals(row.Name, apex.ToStringWithoutFinalDot(), StringComparison.OrdinalIgnoreCase));
        if (row is null && !state.Journal.Zones.ContainsKey(apex))
            return null;
        row ??= new(apex.ToStringWithoutFinalDot(), Serial: null, state.Commit.ToString(), Records: 0, TimeSpan.Zero, QueriesPerSecond: 0, "This zone was removed, and is not served any more.");
        var facts = state.Zones.TryGetValue(apex, out var served) ? Facts(served.Zone.Soa) : [];
        return new(row, facts, VersionsOf(apex, state.Journal.Tip));
    }

    public DifferenceView? Difference(DomainName apex, Serial from, Serial to)
    {
        var journal = keeper.State.Journal;
        var history = JournalHistory.Read(repository, journal.Tip, apex, ShownVersions, MostVisited);
        if (CommitOf(history, apex, from) is not { } older || CommitOf(history, apex, to) is not { } newer)
            return null;
        if (!VersionDifference.TryRead(repository, journal, apex, older, newer, MostLines, out var lines, out _))
            return null;
        return new(apex.ToStringWithoutFinalDot(), from.Value, to.Value, lines.Select(line => Line(line, from, to)).ToSeq());
    }

    // The same for every view until something else is served: entries of the journal hold whole differences.
    private Seq<ChangeRow> LastChanges(ObjectId tip)
    {
        if (Volatile.Read(ref shown) is { } known && known.Tip == tip)
            return known.Rows;
        var rows = JournalHistory.Read(repository, tip, apex: null, ShownChanges, MostVisited).Select(Change).ToSeq();
        Volatile.Write(ref shown, new(tip, rows));
        return rows;
    }

    private Seq<ZoneVersion> VersionsOf(DomainName apex, ObjectId tip)
    {
        if (versions.TryFind(tip, apex, out var known))
            return known;
        var read = JournalHistory.Read(repository, tip, apex, ShownVersions, MostVisited).SelectMany(entry => Versions(entry, apex)).ToSeq();
        versions.Keep(tip, apex, read);
        return read;
    }

    private string Describe(RemoteStatus far)
    {
        var read = far.Reached is { } moment ? $"read {Words.Span(clock.Now.Utc - moment)} ago" : "not read yet";
        var waiting = far switch
        {
            { HasUnpushed: false } => "",
            { Unpushed: 0 } => ", the journal is still to be pushed",
            _ => $", {Words.Count(far.Unpushed, "commit")} still to be pushed",
        };
        return $"{far.Address}, {read}{waiting}";
    }

    private IEnumerable<ZoneRow> Rows(ServedState state)
    {
        // Two files for one zone are two faults of it.
        var faults = state.Degraded.Where(zone => zone.Apex is not null).DistinctBy(zone => zone.Apex).ToDictionary(zone => zone.Apex!, zone => zone.Reasons[0]);
        foreach (var (apex, zone) in state.Zones)
        {
            var since = keeper.ServedSince(apex);
            yield return new(
                apex.ToStringWithoutFinalDot(), zone.Serials.Served.Value, zone.Commit.ToString(), zone.Zone.RecordCount,
                clock.Now.Utc - since, rates.Of(apex), faults.GetValueOrDefault(apex));
        }
        foreach (var apex in state.NeverGood)
            yield return new(apex.ToStringWithoutFinalDot(), Serial: null, state.Commit.ToString(), Records: 0, TimeSpan.Zero, rates.Of(apex), faults.GetValueOrDefault(apex));
    }

    private static ChangeRow Change(HistoryEntry entry) =>
        new(entry.ServedAt, entry.Author?.Name ?? "unknown", entry.Subject, entry.Commit.ToString(), entry.Changes.Select(Change).ToSeq());

    private static ZoneChangeRow Change(ZoneChange change) => change switch
    {
        ZoneChange.Created created => new(Name(change), From: null, created.Serial.Value, Rest(change)),
        ZoneChange.Changed changed => new(Name(change), changed.Difference.OldSerial.Value, changed.Difference.NewSerial.Value, Rest(change)),
        ZoneChange.Replaced replaced => new(Name(change), replaced.OldSerial.Value, replaced.NewSerial.Value, Rest(change)),
        ZoneChange.Removed removed => new(Name(change), removed.OldSerial.Value, To: null, Rest(change)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<ZoneVersion> Versions(HistoryEntry entry, DomainName apex) => entry.Changes
        .Where(change => change.Apex == apex)
        .Select(Change)
        .Where(row => row.To is not null)
        .Select(row => new ZoneVersion(row.To!.Value, entry.ServedAt, entry.Author?.Name ?? "unknown", entry.Subject, entry.Commit.ToString(), row.Summary));

    private static ObjectId? CommitOf(ImmutableArray<HistoryEntry> history, DomainName apex, Serial serial) => history
        .FirstOrDefault(entry => Versions(entry, apex).Any(version => version.Serial == serial.Value))?.Commit;

    private static DifferenceLine Line(string line, Serial from, Serial to) => line switch
    {
        ['+', .. var added] => new(Added: true, AsServed(added.Trim(), to)),
        ['-', .. var removed] => new(Added: false, AsServed(removed.Trim(), from)),
        _ => new(Added: null, line),
    };

    // The file of a version may say a serial that was forgotten; what was served is what counts.
    private static string AsServed(string record, Serial serial) => record.Split(' ') switch
    {
        [var owner, var ttl, var recordClass, "SOA", var server, var mailbox, _, .. var timers] =>
            string.Join(' ', [owner, ttl, recordClass, "SOA", server, mailbox, serial.ToString(), .. timers]),
        _ => record,
    };

    private static string Name(ZoneChange change) => change.Apex.ToStringWithoutFinalDot();

    // "example.org: serial 7, 1 record changed" without what the row says already.
    private static string Rest(ZoneChange change) => change.Summary[(change.Summary.LastIndexOf(", ", StringComparison.Ordinal) + 2)..];

    private static Seq<(string Label, string Value)> Facts(Soa soa) =>
    [
        ("Serial", soa.Serial.ToString()),
        ("Primary server", soa.PrimaryServer.ToStringWithoutFinalDot()),
        ("Mailbox", soa.ResponsibleMailbox.ToStringWithoutFinalDot()),
        ("Refresh", Words.Span(TimeSpan.FromSeconds(soa.Refresh))),
        ("Retry", Words.Span(TimeSpan.FromSeconds(soa.Retry))),
        ("Expire", Words.Span(TimeSpan.FromSeconds(soa.Expire))),
        ("Negative TTL", Words.Span(TimeSpan.FromSeconds(soa.NegativeTtl))),
    ];

    private sealed record JournalRows(ObjectId Tip, Seq<ChangeRow> Rows);
}
