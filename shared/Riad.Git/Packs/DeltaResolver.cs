using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>Applies the deltas of a received pack, each after its base.</summary>
/// <remarks>
/// Goes down every family of deltas with a stack of its own, so that a deep chain is no deep recursion. A base stays in memory
/// while it has deltas left; when that is too much, the oldest is dropped and unpacked again later.
/// </remarks>
internal sealed class DeltaResolver(PackReceiver receiver)
{
    private const int External = -1;

    private readonly Dictionary<int, List<int>> childrenByIndex = [];
    private readonly SortedDictionary<ObjectId, List<int>> childrenById = [];
    private readonly Dictionary<ObjectId, ReadOnlyMemory<byte>> externalInUse = [];
    private readonly SortedSet<ObjectId> externalBases = [];
    private readonly List<Base> stack = [];
    private long retained;

    public bool TryResolve(out ImmutableArray<ObjectId> missingBases)
    {
        missingBases = [];
        CollectChildren();
        for (var index = 0; index < receiver.Items.Count; index++)
        {
            if (!receiver.Items[index].IsDelta && !TryDescend(index))
                return false;
        }
        if (!TryExternalBases() || !TryFindCircle())
            return false;
        missingBases = [.. externalBases];
        return true;
    }

    private void CollectChildren()
    {
        for (var index = 0; index < receiver.Items.Count; index++)
        {
            var item = receiver.Items[index];
            switch (item.Kind)
            {
                case PackEntryKind.OffsetDelta:
                    Add(childrenByIndex, item.BaseIndex, index);
                    break;
                case PackEntryKind.ReferenceDelta:
                    Add(childrenById, item.BaseId, index);
                    break;
                case PackEntryKind.Commit or PackEntryKind.Tree or PackEntryKind.Blob or PackEntryKind.Tag:
                    break;
            }
        }
    }

    private static void Add<T>(IDictionary<T, List<int>> children, T key, int index)
    {
        if (!children.TryGetValue(key, out var list))
            children[key] = list = [];
        list.Add(index);
    }

    /// <summary>What is still waiting is based on objects of the repository, or on nothing.</summary>
    private bool TryExternalBases()
    {
        foreach (var id in childrenById.Keys.ToArray())
        {
            // Resolving an earlier one may have produced this base inside of the pack.
            if (!childrenById.TryGetValue(id, out var waiting))
                continue;
            if (!receiver.Existing.TryRead(id, out var kind, out var content))
                continue;
            if (!receiver.TrySpend(content.Length, receiver.Items[waiting[0]].Offset))
                return false;
            _ = receiver.TryKeep(id, kind, content);
            _ = externalBases.Add(id);
            _ = childrenById.Remove(id);
            externalInUse[id] = content;
            Push(new() { Index = External, Id = id, Kind = kind, Content = content, Children = waiting });
            if (!TryRunStack())
                return false;
            externalInUse.Clear();
        }
        foreach (var item in receiver.Items)
        {
            if (!item.IsNamed)
                return receiver.Fail(new(PackFault.MissingBase, item.Offset, item.BaseId));
        }
        return true;
    }

    /// <summary>A base that was taken from the repository may have come out of its own deltas as well.</summary>
    private bool TryFindCircle()
    {
        var produced = externalBases.Where(id => receiver.TryFind(id, out _)).ToArray();
        externalBases.ExceptWith(produced);
        foreach (var id in produced)
        {
            _ = receiver.TryFind(id, out var index);
            for (var steps = 0; index >= 0 && receiver.Items[index].IsDelta; steps++)
            {
                var item = receiver.Items[index];
                if (steps > receiver.Items.Count)
                    return receiver.Fail(new(PackFault.CyclicDeltas, item.Offset, item.Id));
                index = item.BaseIndex >= 0 ? item.BaseIndex : receiver.TryFind(item.BaseId, out var next) ? next : -1;
            }
        }
        return true;
    }

    private bool TryDescend(int root)
    {
        var item = receiver.Items[root];
        var children = TakeChildren(root, item.Id);
        if (children.Count == 0)
            return true;
        Push(new() { Index = root, Id = item.Id, Kind = item.ObjectKind, Content = null, Children = children });
        return TryRunStack();
    }

    private bool TryRunStack()
    {
        while (stack.Count > 0)
        {
            var parent = stack[^1];
            if (!TryContent(parent, out var content))
                return false;
            var child = parent.Children[parent.Next++];
            if (parent.Next == parent.Children.Count)
                Pop();
            if (!TryApply(parent, content, child, out var result))
                return false;
            var item = receiver.Items[child];
            var children = TakeChildren(child, item.Id);
            if (children.Count > 0)
                Push(new() { Index = child, Id = item.Id, Kind = item.ObjectKind, Content = result, Children = children });
        }
        return true;
    }

    private bool TryApply(Base parent, ReadOnlyMemory<byte> content, int child, out byte[] result)
    {
        var item = receiver.Items[child];
        item.BaseIndex = parent.Index;
        item.Depth = parent.Index == External ? 1 : receiver.Items[parent.Index].Depth + 1;
        result = [];
        if (item.Depth > receiver.Limits.DeltaDepth)
            return receiver.Fail(new(PackFault.DeltasTooDeep, item.Offset));
        if (!TryApply(content.Span, item, out result) || !receiver.TryName(child, parent.Kind, result))
            return false;
        _ = receiver.TryKeep(item.Id, parent.Kind, result);
        return true;
    }

    private bool TryApply(ReadOnlySpan<byte> content, PackedItem item, out byte[] result)
    {
        result = [];
        var delta = item.KeptDelta;
        if (delta is null && !receiver.TryUnpack(item, out delta))
            return false;
        if (!Delta.TryReadLengths(delta, out _, out var octets, out _))
            return receiver.Fail(new(PackFault.BadDelta, item.Offset));
        if (!receiver.TrySpend(octets, item.Offset))
            return false;
        result = GC.AllocateUninitializedArray<byte>((int)octets);
        return Delta.TryApply(content, delta, result) || receiver.Fail(new(PackFault.BadDelta, item.Offset));
    }

    private bool TryContent(Base parent, out ReadOnlyMemory<byte> content)
    {
        if (parent.Content is { } kept)
        {
            content = kept;
            return true;
        }
        if (!TryRebuild(parent.Index, parent.Id, out content))
            return false;
        parent.Content = content;
        retained += content.Length;
        DropOldest();
        return true;
    }

    /// <summary>Unpacks an object that is not in memory any more, from the nearest whole one upwards.</summary>
    private bool TryRebuild(int index, ObjectId id, out ReadOnlyMemory<byte> content)
    {
        var chain = new Stack<PackedItem>();
        while (index != External && receiver.Items[index].IsDelta)
        {
            var item = receiver.Items[index];
            chain.Push(item);
            (index, id) = (item.BaseIndex, item.BaseId);
        }
        content = default;
        if (index == External)
        {
            content = externalInUse[id];
        }
        else
        {
            if (!receiver.TryUnpack(receiver.Items[index], out var whole))
                return false;
            content = whole;
        }
        while (chain.TryPop(out var item))
        {
            if (!TryApply(content.Span, item, out var next))
                return false;
            content = next;
        }
        return true;
    }

    private List<int> TakeChildren(int index, ObjectId id)
    {
        var children = childrenByIndex.GetValueOrDefault(index) ?? [];
        if (childrenById.Remove(id, out var byId))
            children.AddRange(byId);
        return children;
    }

    private void Push(Base next)
    {
        stack.Add(next);
        retained += next.Content?.Length ?? 0;
        DropOldest();
    }

    private void Pop()
    {
        retained -= stack[^1].Content?.Length ?? 0;
        stack.RemoveAt(stack.Count - 1);
    }

    private void DropOldest()
    {
        for (var index = 0; index < stack.Count - 1 && retained > receiver.Limits.RetainedOctets; index++)
        {
            retained -= stack[index].Content?.Length ?? 0;
            stack[index].Content = null;
        }
    }

    private sealed class Base
    {
        public required int Index { get; init; }

        public required ObjectId Id { get; init; }

        public required ObjectKind Kind { get; init; }

        public required ReadOnlyMemory<byte>? Content { get; set; }

        public required List<int> Children { get; init; }

        public int Next { get; set; }
    }
}
