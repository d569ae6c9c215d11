using Riad.Git.Objects;

namespace Riad.Git.Io.Storage;

/// <summary>The objects of a repository for one request of a stranger, who may name any number that do not exist.</summary>
/// <remarks>
/// For an object that is not there the database looks at its folders again, since git may have packed it meanwhile. Here that is
/// done once for all that are only asked about, and a few times for those that are read: what exists is found all the same.
/// One owner.
/// </remarks>
internal sealed class SessionObjects(ObjectDatabase database) : IObjectStore
{
    /// <summary>Looks for objects that are read.</summary>
    public const int MaxLooks = 16;

    private int looks;
    private bool hasLookedForMentioned;

    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content) =>
        database.Known.TryRead(id, out kind, out content) || (TryLook() && database.Known.TryRead(id, out kind, out content));

    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) =>
        database.Known.TryReadHeader(id, out kind, out octets) || (TryLook() && database.Known.TryReadHeader(id, out kind, out octets));

    /// <summary>One that came since the first look may be missed; then a client that has it is sent it again.</summary>
    public bool Contains(ObjectId id)
    {
        if (database.Known.Contains(id))
            return true;
        if (hasLookedForMentioned)
            return false;
        hasLookedForMentioned = true;
        return database.Rescan() && database.Known.Contains(id);
    }

    private bool TryLook() => looks++ < MaxLooks && database.Rescan();
}
