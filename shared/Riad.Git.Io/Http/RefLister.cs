using System.Collections.Concurrent;
using Riad.Git.Objects;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Lists a repository's refs as clients see them.</summary>
/// <remarks>Remembers what tags name, since an id never changes its meaning.</remarks>
internal sealed class RefLister(Repository repository)
{
    private const int MaxRemembered = 100_000;
    private const int MaxTagChain = 64;

    private readonly ConcurrentDictionary<ObjectId, ObjectId> peeled = new();

    /// <summary>All refs at this moment.</summary>
    public RefListing List()
    {
        // The head first: a ref that appears between the two is then listed, and HEAD is never one that is not.
        var (target, headId) = repository.ReadHead();
        var refs = repository.ReadRefs().Select(found => new ListedRef(found.Name, found.Id, Peel(found.Id))).ToList();
        return target is null ? RefListing.CreateDetached(headId, refs) : RefListing.Create(target, refs);
    }

    private ObjectId Peel(ObjectId id)
    {
        if (peeled.TryGetValue(id, out var known))
            return known;
        var target = id;
        for (var depth = 0; depth < MaxTagChain && repository.TryReadHeader(target, out var kind, out _) && kind is ObjectKind.Tag; depth++)
        {
            if (!repository.TryRead(target, out _, out var content) || !Tag.TryParse(content, out var tag, out _))
                return ObjectId.Zero;
            target = tag.Target;
        }
        var found = target == id ? ObjectId.Zero : target;
        if (peeled.Count < MaxRemembered)
            peeled.TryAdd(id, found);
        return found;
    }
}
