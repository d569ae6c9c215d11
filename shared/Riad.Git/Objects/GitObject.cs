namespace Riad.Git.Objects;

/// <summary>An object with its id, ready to be stored.</summary>
public sealed class GitObject
{
    private GitObject(ObjectId id, ObjectKind kind, ReadOnlyMemory<byte> content) => (Id, Kind, Content) = (id, kind, content);

    /// <summary>The hash of kind, length and content.</summary>
    public ObjectId Id { get; }

    /// <summary>What it is.</summary>
    public ObjectKind Kind { get; }

    /// <summary>The content without the header.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Names <paramref name="content"/>. The octets are kept, not copied, and must not change afterwards.</summary>
    public static GitObject Create(ObjectKind kind, ReadOnlyMemory<byte> content) =>
        new(ObjectHash.Compute(kind, content.Span), kind, content);

    /// <summary>Kind and id.</summary>
    public override string ToString() => $"{Kind} {Id}";
}
