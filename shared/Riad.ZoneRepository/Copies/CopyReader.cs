using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Copies;

/// <summary>Reads what a secondary kept: first which zones there are, then each for itself, so that one that is damaged costs no other.</summary>
public static class CopyReader
{
    /// <summary>Lists the zones of a commit.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tip">What <see cref="CopyFormat.Ref"/> names; zero when there is no such ref.</param>
    /// <param name="zones">The names, in canonical order. Empty on failure.</param>
    /// <param name="error">The first fault: nothing of this commit can be relied on.</param>
    public static bool TryList(IObjectStore store, ObjectId tip, out ImmutableArray<DomainName> zones, out CopyError error)
    {
        ArgumentNullException.ThrowIfNull(store);
        (zones, error) = ([], default);
        if (tip.IsZero)
            return true;
        if (!TryReadRoot(store, tip, out var root, out error))
            return false;
        var found = ImmutableArray.CreateBuilder<DomainName>();
        if (root.Find(CopyFormat.ZonesFolder) is { } folder && !TryListFolder(store, folder, found, out error))
            return false;
        found.Sort();
        zones = found.DrainToImmutable();
        return true;
    }

    /// <summary>Reads one zone.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tip">The commit, which can be listed.</param>
    /// <param name="apex">One of the zones that are listed.</param>
    /// <param name="copy">Null on failure.</param>
    /// <param name="error">The first fault, with its file.</param>
    public static bool TryRead(IObjectStore store, ObjectId tip, DomainName apex, [NotNullWhen(true)] out ZoneCopy? copy, out CopyError error)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(apex);
        copy = null;
        var path = CopyFormat.PathOf(apex);
        if (!TryReadRoot(store, tip, out var root, out error))
            return false;
        if (FindFolder(store, root, path) is not { } folder)
            return Fail(CopyFault.Missing, path, out error);
        if (!TryReadFile(store, folder, CopyFormat.AccountFile, out var text))
            return Fail(CopyFault.Missing, $"{path}/{CopyFormat.AccountFile}", out error);
        if (!CopyAccountText.TryParse(text.Span, out var account) || account.Apex != apex)
            return Fail(CopyFault.BadAccount, $"{path}/{CopyFormat.AccountFile}", out error);
        if (!TryReadZone(store, folder, path, apex, out var whole, out error) || !TryReadSteps(store, folder, path, apex, out var steps, out error)
            || !TryApply(whole, steps, path, out var zone, out error))
        {
            return false;
        }
        if (zone.Serial != account.Serial)
            return Fail(CopyFault.WrongSerial, $"{path}/{CopyFormat.AccountFile}", out error);
        copy = new(account, zone, steps);
        return true;
    }

    internal static bool TryReadRoot(IObjectStore store, ObjectId tip, [NotNullWhen(true)] out Tree? root, out CopyError error)
    {
        root = null;
        if (!store.TryRead(tip, out var kind, out var content) || kind is not ObjectKind.Commit || !Commit.TryParse(content, out var commit, out _))
            return Fail(CopyFault.Missing, $"commit {tip}", out error);
        if (ReadTree(store, commit.Tree) is not { } tree)
            return Fail(CopyFault.Missing, $"tree {commit.Tree}", out error);
        if (!TryReadFile(store, tree, CopyFormat.FormatFile, out var format))
            return Fail(CopyFault.Missing, CopyFormat.FormatFile, out error);
        var words = Encoding.UTF8.GetString(format.Span).TrimEnd('\n');
        if (words != CopyFormat.Current)
        {
            error = new(CopyFault.OtherFormat, CopyFormat.FormatFile, PathText.Print(words));
            return false;
        }
        (root, error) = (tree, default);
        return true;
    }

    private static bool TryListFolder(IObjectStore store, TreeEntry folder, ImmutableArray<DomainName>.Builder found, out CopyError error)
    {
        error = default;
        if (ReadTree(store, folder.Id) is not { } shards)
            return Fail(CopyFault.Missing, CopyFormat.ZonesFolder, out error);
        foreach (var shard in shards.Entries)
        {
            if (ReadTree(store, shard.Id) is not { } names)
                return Fail(CopyFault.Missing, $"{CopyFormat.ZonesFolder}/{shard.Name}", out error);
            foreach (var name in names.Entries)
            {
                if (ZoneFileName.TryParseBare(name.Name, out var apex) && CopyFormat.PathOf(apex) == $"{CopyFormat.ZonesFolder}/{shard.Name}/{name.Name}")
                    found.Add(apex);
            }
        }
        return true;
    }

    private static Tree? FindFolder(IObjectStore store, Tree root, string path)
    {
        var tree = root;
        foreach (var name in path.Split('/'))
        {
            if (tree?.Find(name) is not { IsDirectory: true } entry)
                return null;
            tree = ReadTree(store, entry.Id);
        }
        return tree;
    }

    private static bool TryReadZone(IObjectStore store, Tree folder, string path, DomainName apex, [NotNullWhen(true)] out Zone? zone, out CopyError error)
    {
        var file = $"{path}/{CopyFormat.ZoneFile}";
        zone = null;
        error = default;
        if (!TryReadFile(store, folder, CopyFormat.ZoneFile, out var text))
            return Fail(CopyFault.Missing, file, out error);
        if (WholeZoneText.TryRead(file, text.Span, apex, out zone, out var fault))
            return true;
        error = new(CopyFault.BadZone, file, fault.ToString());
        return false;
    }

    private static bool TryReadSteps(IObjectStore store, Tree folder, string path, DomainName apex, out ImmutableArray<ZoneStep> steps, out CopyError error)
    {
        (steps, error) = ([], default);
        if (folder.Find(CopyFormat.ChangesFolder) is not { } entry)
            return true;
        var place = $"{path}/{CopyFormat.ChangesFolder}";
        if (ReadTree(store, entry.Id) is not { } files)
            return Fail(CopyFault.Missing, place, out error);
        var read = ImmutableArray.CreateBuilder<ZoneStep>(files.Entries.Length);
        for (var number = 1; number <= files.Entries.Length; number++)
        {
            var name = CopyFormat.ChangeName(number);
            if (!TryReadFile(store, files, name, out var text))
                return Fail(CopyFault.Missing, $"{place}/{name}", out error);
            if (!StepText.TryParse(text.Span, out var step) || step.NewSoa.Owner != apex)
                return Fail(CopyFault.BadChange, $"{place}/{name}", out error);
            read.Add(step);
        }
        steps = read.DrainToImmutable();
        return true;
    }

    private static bool TryApply(Zone whole, ImmutableArray<ZoneStep> steps, string path, [NotNullWhen(true)] out Zone? zone, out CopyError error)
    {
        (zone, error) = (whole, default);
        var serial = whole.Serial;
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at].From != serial)
                return Fail(CopyFault.DoesNotApply, $"{path}/{CopyFormat.ChangesFolder}/{CopyFormat.ChangeName(at + 1)}", out error);
            serial = steps[at].To;
        }
        if (steps.IsEmpty || ZoneRevision.TryApply(whole, steps, out zone, out _))
            return true;
        return Fail(CopyFault.DoesNotApply, $"{path}/{CopyFormat.ChangesFolder}", out error);
    }

    private static bool TryReadFile(IObjectStore store, Tree folder, string name, out ReadOnlyMemory<byte> content)
    {
        content = default;
        return folder.Find(name) is { IsFile: true } entry && store.TryRead(entry.Id, out var kind, out content) && kind is ObjectKind.Blob;
    }

    private static Tree? ReadTree(IObjectStore store, ObjectId id) =>
        store.TryRead(id, out var kind, out var content) && kind is ObjectKind.Tree && Tree.TryParse(content, out var tree, out _) ? tree : null;

    private static bool Fail(CopyFault fault, string where, out CopyError error)
    {
        error = new(fault, where);
        return false;
    }
}
