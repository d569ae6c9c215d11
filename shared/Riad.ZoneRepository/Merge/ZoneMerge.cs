using System.Collections.Immutable;
using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Records;

namespace Riad.ZoneRepository.Merge;

/// <summary>Merges three versions of a zone's file by its records, so that two appends at the end of a file do not conflict.</summary>
/// <remarks>
/// Lines count too: where git's own merge of lines is clean and has the right records, it is taken. Else the changes of one
/// side are made in the text of the other; the side whose text is given up must have changed nothing but records, as an
/// update does, so no comment is lost. Pure.
/// </remarks>
public static class ZoneMerge
{
    /// <summary>Merges.</summary>
    /// <param name="path">The file's path: tells the zone.</param>
    /// <param name="before">The version that both sides began with; empty when there was none.</param>
    /// <param name="ours">One side: its layout is kept where both will do.</param>
    /// <param name="theirs">The other side.</param>
    /// <param name="lines">What git's merge of lines gave; null when it had conflicts.</param>
    public static MergeResult Merge(string path, byte[] before, byte[] ours, byte[] theirs, byte[]? lines)
    {
        var origin = MergeOrigin.Of(path, [before, ours, theirs]);
        if (!MergeFile.TryRead(before, origin, out var old, out var reason) || !MergeFile.TryRead(ours, origin, out var left, out reason) || !MergeFile.TryRead(theirs, origin, out var right, out reason))
            return new MergeResult.NotByRecords(reason);
        var wanted = MergePlan.Of(old, left, right);
        if (lines is not null && wanted.Conflicts.Count == 0 && MergeFile.TryRead(lines, origin, out var merged, out _) && wanted.IsReached(merged))
            return new MergeResult.Merged(lines);
        if (right.ChangesOnlyRecords(old))
            return Make(origin, left, wanted);
        return left.ChangesOnlyRecords(old)
            ? Make(origin, right, wanted)
            : new MergeResult.NotByRecords("both sides changed comments or directives");
    }

    private static MergeResult Make(MergeOrigin origin, MergeFile layout, MergePlan wanted)
    {
        if (!TryEdit(origin, layout.Text, wanted.ChangesOf(layout), out var text, out var reason))
            return new MergeResult.NotByRecords(reason);
        if (!MergeFile.TryRead(text, origin, out var made, out reason) || !wanted.IsReached(made))
            return new MergeResult.NotByRecords("the lines depend on each other");
        if (wanted.Conflicts.Count == 0)
            return new MergeResult.Merged(text);
        if (text.Length > 0 && text[^1] != '\n')
            text = [.. text, (byte)'\n'];
        var marked = new List<byte>(text);
        marked.AddRange("<<<<<<< ours\n"u8);
        marked.AddRange(Print(origin, text, wanted.Conflicts.Select(conflict => (conflict.Key, conflict.Ours))));
        marked.AddRange("=======\n"u8);
        marked.AddRange(Print(origin, text, wanted.Conflicts.Select(conflict => (conflict.Key, conflict.Theirs))));
        marked.AddRange(">>>>>>> theirs\n"u8);
        return new MergeResult.Conflicting([.. marked], wanted.Conflicts.Count);
    }

    /// <summary>The lines that sets would have at the end of a text.</summary>
    private static byte[] Print(MergeOrigin origin, byte[] text, IEnumerable<(SetKey Key, MergeSet Set)> sets)
    {
        var adds = sets.SelectMany(set => set.Set.Data.Select(data => (MasterChange)new MasterChange.Add(set.Key.Owner, set.Key.Type, set.Set.TtlOf(data), data))).ToList();
        return TryEdit(origin, text, adds, out var longer, out var reason) ? longer[text.Length..] : Encoding.UTF8.GetBytes($"; {reason}\n");
    }

    private static bool TryEdit(MergeOrigin origin, byte[] text, IReadOnlyList<MasterChange> changes, out byte[] edited, out string reason)
    {
        var scope = MasterEditScope.OwnFile with { AssumedTtl = origin.AssumedTtl };
        var good = MasterFileEditor.TryEdit(origin.Path, text, origin.Name, EmptyIncludes.Instance, scope, changes, out var edit, out var error);
        (edited, reason) = (edit?.Own ?? text, error?.ToString() ?? "");
        return good;
    }
}
