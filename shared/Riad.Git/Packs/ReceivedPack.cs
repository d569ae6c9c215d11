using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>One object of a received pack.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="ContentOctets">The length of its content.</param>
/// <param name="Offset">Where its entry begins.</param>
/// <param name="EntryOctets">The length of its entry.</param>
/// <param name="Checksum">CRC-32 of its entry.</param>
public readonly record struct ReceivedObject(ObjectId Id, ObjectKind Kind, long ContentOctets, long Offset, int EntryOctets, uint Checksum);

/// <summary>A pack that was read from front to back and found good.</summary>
/// <param name="Objects">In the order of the pack.</param>
/// <param name="MissingBases">Bases that the repository has and the pack needs before it can stand alone, in id order.</param>
/// <param name="Checksum">What the pack ends with.</param>
public sealed record ReceivedPack(ImmutableArray<ReceivedObject> Objects, ImmutableArray<ObjectId> MissingBases, ObjectId Checksum)
{
    /// <summary>Large contents that were unpacked on the way, the missing bases' among them: whoever looks at the pack next reads them again.</summary>
    /// <remarks>They stay in memory as long as this does. At most <see cref="PackLimits.KeptOctets"/>.</remarks>
    public IReadOnlyDictionary<ObjectId, KeptContent> Kept { get; init; } = ImmutableDictionary<ObjectId, KeptContent>.Empty;
}

/// <summary>The content of an object.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Content">Not to be written to.</param>
public readonly record struct KeptContent(ObjectKind Kind, ReadOnlyMemory<byte> Content);
