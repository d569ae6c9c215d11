using System.Collections.Immutable;
using Riad.Dns.MasterFiles;
using Riad.Dns.Records;

namespace Riad.ZoneRepository.Merge;

/// <summary>The sets that a merged file is to have, and those on which the two sides disagree.</summary>
internal sealed class MergePlan
{
    private readonly SortedDictionary<SetKey, MergeSet> wanted = new(SetKey.CanonicalOrder);
    private readonly List<(SetKey Key, MergeSet Ours, MergeSet Theirs)> conflicts = [];

    private MergePlan()
    {
    }

    /// <summary>In canonical order; they are wanted by neither side's words.</summary>
    public IReadOnlyList<(SetKey Key, MergeSet Ours, MergeSet Theirs)> Conflicts => conflicts;

    public static MergePlan Of(MergeFile before, MergeFile ours, MergeFile theirs)
    {
        var plan = new MergePlan();
        foreach (var key in before.Sets.Keys.Union(ours.Sets.Keys).Union(theirs.Sets.Keys))
        {
            var (left, right) = (ours.SetAt(key), theirs.SetAt(key));
            if (MergeSet.Merge(key.Type, before.SetAt(key), left, right) is not { } set)
                plan.conflicts.Add((key, left, right));
            else if (!set.IsEmpty)
                plan.wanted[key] = set;
        }
        plan.SetAliasesApart(ours, theirs);
        plan.conflicts.Sort(static (left, right) => SetKey.CanonicalOrder.Compare(left.Key, right.Key));
        return plan;
    }

    /// <summary>True when a file has exactly the wanted sets.</summary>
    public bool IsReached(MergeFile file) => file.Sets.Count == wanted.Count && wanted.All(set => file.SetAt(set.Key).Equals(set.Value));

    /// <summary>What leads a file to the wanted sets.</summary>
    public IReadOnlyList<MasterChange> ChangesOf(MergeFile file)
    {
        var changes = new List<MasterChange>();
        foreach (var key in file.Sets.Keys.Union(wanted.Keys).Order(SetKey.CanonicalOrder))
        {
            var (from, to) = (file.SetAt(key), wanted.GetValueOrDefault(key, MergeSet.Empty));
            if (!from.Equals(to))
                AddChanges(changes, key, from, to);
        }
        return changes;
    }

    private static void AddChanges(List<MasterChange> changes, SetKey key, MergeSet from, MergeSet to)
    {
        var removed = from.Data.Where(data => !to.Contains(data)).ToList();
        var added = to.Data.Where(data => !from.Contains(data)).ToList();
        var pairs = to.CommonTtl is null ? 0 : Math.Min(removed.Count, added.Count);
        for (var i = 0; i < pairs; i++)
            changes.Add(new MasterChange.Replace(key.Owner, key.Type, removed[i], added[i]));
        changes.AddRange(removed.Skip(pairs).Select(data => new MasterChange.Remove(key.Owner, key.Type, data)));
        changes.AddRange(added.Skip(pairs).Select(data => new MasterChange.Add(key.Owner, key.Type, to.TtlOf(data), data)));
        if (to.CommonTtl is { } ttl && !from.IsEmpty)
            changes.Add(new MasterChange.SetTtl(key.Owner, key.Type, ttl));
    }

    /// <summary>A name that is an alias by one side and has other records by the other is for a person to decide.</summary>
    private void SetAliasesApart(MergeFile ours, MergeFile theirs)
    {
        foreach (var alias in wanted.Keys.Where(key => key.Type == RrTypes.Cname).ToList())
        {
            var sets = wanted.Keys.Where(key => key.Owner == alias.Owner).ToList();
            if (sets.Count == 1 || sets.All(ours.Sets.ContainsKey) || sets.All(theirs.Sets.ContainsKey))
                continue;
            foreach (var key in sets)
            {
                wanted.Remove(key);
                conflicts.Add((key, ours.SetAt(key), theirs.SetAt(key)));
            }
        }
    }
}
