using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>Why a pack is refused.</summary>
public enum PackFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>It does not begin as a pack of version 2 does.</summary>
    BadHeader,

    /// <summary>It ends too early.</summary>
    Truncated,

    /// <summary>It goes on after its checksum.</summary>
    TrailingOctets,

    /// <summary>Its checksum is not that of its octets.</summary>
    WrongChecksum,

    /// <summary>It has more objects than allowed.</summary>
    TooManyObjects,

    /// <summary>An object is longer than allowed.</summary>
    ObjectTooLong,

    /// <summary>Unpacking costs more than allowed.</summary>
    TooMuchContent,

    /// <summary>Deltas are stacked deeper than allowed.</summary>
    DeltasTooDeep,

    /// <summary>The header of an entry is malformed.</summary>
    BadEntry,

    /// <summary>The compressed octets of an entry are corrupt.</summary>
    BadCompression,

    /// <summary>A delta does not fit its base.</summary>
    BadDelta,

    /// <summary>The base of a delta is neither in the pack nor in the repository.</summary>
    MissingBase,

    /// <summary>Deltas are based on each other in a circle.</summary>
    CyclicDeltas,

    /// <summary>An object is in the pack twice.</summary>
    DuplicateObject,

    /// <summary>An object is malformed; see <see cref="PackError.Detail"/>.</summary>
    MalformedObject,

    /// <summary>The repository has another object of the same id: an attack on SHA-1, or a broken disk.</summary>
    Collision,
}

/// <summary>Where and why a pack is refused.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Octets from the start of the pack.</param>
/// <param name="Id">The object that is meant; the zero id when none is.</param>
/// <param name="Detail">For <see cref="PackFault.MalformedObject"/>, what is wrong with the object.</param>
public readonly record struct PackError(PackFault Fault, long Offset, ObjectId Id = default, ObjectError Detail = default)
{
    /// <summary>A sentence for the person who pushed.</summary>
    public override string ToString() => Fault switch
    {
        PackFault.None => "well-formed",
        PackFault.BadHeader => "not a pack of version 2",
        PackFault.Truncated => $"the pack ends too early, at octet {Offset}",
        PackFault.TrailingOctets => $"the pack goes on after its end at octet {Offset}",
        PackFault.WrongChecksum => "the pack's checksum is wrong: it was damaged on the way",
        PackFault.TooManyObjects => "the pack has more objects than this server takes at once",
        PackFault.ObjectTooLong => $"an object at octet {Offset} is longer than this server takes",
        PackFault.TooMuchContent => "the pack unpacks to more than this server takes at once",
        PackFault.DeltasTooDeep => $"deltas are stacked too deep at octet {Offset}",
        PackFault.BadEntry => $"the entry at octet {Offset} is malformed",
        PackFault.BadCompression => $"the entry at octet {Offset} cannot be unpacked",
        PackFault.BadDelta => $"the delta at octet {Offset} does not fit its base",
        PackFault.MissingBase => $"the delta at octet {Offset} needs {Id}, which is not here",
        PackFault.CyclicDeltas => $"the delta at octet {Offset} is based on itself",
        PackFault.DuplicateObject => $"{Id} is in the pack twice",
        PackFault.MalformedObject => $"{Id} is malformed: {Detail}",
        PackFault.Collision => $"{Id} is another object here: a SHA-1 collision, or a damaged disk",
    };
}
