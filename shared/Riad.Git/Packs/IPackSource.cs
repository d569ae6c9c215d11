using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>A store that can give objects as they lie in its packs, so that they need not be compressed again.</summary>
public interface IPackSource : IObjectStore
{
    /// <summary>Finds the compressed form of an object.</summary>
    /// <param name="id">The object's name.</param>
    /// <param name="stored">The default when false is returned.</param>
    /// <returns>False when there is no such object in a pack; it may still be in the store.</returns>
    bool TryReadStored(ObjectId id, out StoredObject stored);
}

/// <summary>An object as it lies in a pack.</summary>
/// <param name="Kind">What it is when it is whole; undefined for a delta.</param>
/// <param name="Base">What it is a delta on; the zero id when it is whole.</param>
/// <param name="Octets">The length of what is compressed: of the object, or of the delta.</param>
/// <param name="Compressed">One zlib stream, exactly.</param>
public readonly record struct StoredObject(ObjectKind Kind, ObjectId Base, long Octets, ReadOnlyMemory<byte> Compressed)
{
    /// <summary>True when it is a delta.</summary>
    public bool IsDelta => !Base.IsZero;
}
