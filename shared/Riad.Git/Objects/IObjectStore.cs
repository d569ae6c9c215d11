namespace Riad.Git.Objects;

/// <summary>Objects by id: a repository, a quarantine over a repository, or a dictionary in a test.</summary>
/// <remarks>What an id names never changes, so an answer once given stays true; an absent object may appear later.</remarks>
public interface IObjectStore
{
    /// <summary>Reads a whole object.</summary>
    /// <param name="id">The object's name.</param>
    /// <param name="kind">What it is. Undefined when false is returned.</param>
    /// <param name="content">Its content without the header. Not to be written to.</param>
    /// <returns>False when there is no such object.</returns>
    bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content);

    /// <summary>Reads what an object is and how long, without unpacking it where that can be avoided.</summary>
    /// <param name="id">The object's name.</param>
    /// <param name="kind">What it is. Undefined when false is returned.</param>
    /// <param name="octets">The length of its content.</param>
    /// <returns>False when there is no such object.</returns>
    bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets);

    /// <summary>Tells whether there is such an object, without reading it.</summary>
    bool Contains(ObjectId id);
}
