using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>A new object that is known by its difference to another, ready to be stored.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Base">The other: an object of the same kind.</param>
/// <param name="Delta">Applied to the content of the base it gives that of the object; not compressed. Source: gitformat-pack(5).</param>
public sealed record ObjectDelta(ObjectId Id, ObjectId Base, ReadOnlyMemory<byte> Delta);
