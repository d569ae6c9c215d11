using System.Collections.Immutable;
using Riad.Git.History;
using Riad.Git.Objects;

namespace Riad.Git.Protocol.Client;

/// <summary>Which commits a client says that it has: few, and in one message.</summary>
/// <remarks>
/// The newest commits one by one, older ones ever further apart. What is common is then found within twice the true distance,
/// and a pack is at most that much larger than it had to be. Pure but for the store.
/// </remarks>
public static class HaveSelection
{
    private const int Near = 64;
    private const int MaxWalked = 4096;
    private const int MaxTips = 256;

    /// <summary>Selects commits.</summary>
    /// <param name="store">The client's history.</param>
    /// <param name="tips">Where it begins, the most likely to be common first: at most 256 are used.</param>
    /// <returns>At most about 600 ids without repetition, the tips first.</returns>
    public static ImmutableArray<ObjectId> Select(IObjectStore store, IEnumerable<ObjectId> tips)
    {
        ArgumentNullException.ThrowIfNull(store);
        var begun = tips.Where(id => !id.IsZero && store.Contains(id)).Distinct().Take(MaxTips).ToList();
        var selected = new List<ObjectId>(begun);
        var seen = begun.ToHashSet();
        var index = 0;
        foreach (var (id, _) in CommitHistory.Walk(store, begun, [], MaxWalked))
        {
            if (IsTold(index++) && seen.Add(id))
                selected.Add(id);
        }
        return [.. selected];
    }

    // All of the first 64, every second of the next 64, every fourth of the next 128, and so on.
    private static bool IsTold(int index)
    {
        var apart = 1;
        for (var edge = Near; index >= edge; edge *= 2)
            apart *= 2;
        return index % apart == 0;
    }
}
