using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Copies;

/// <summary>A commit ready to be stored: all objects first, then the ref.</summary>
/// <param name="Commit">What <see cref="CopyFormat.Ref"/> is to name.</param>
/// <param name="Objects">New objects, in an order in which each comes after what it names.</param>
/// <param name="TooLarge">Zones of which nothing is kept, because their texts would be longer than what reads back.</param>
public sealed record CopyWriting(ObjectId Commit, ImmutableArray<GitObject> Objects, ImmutableArray<DomainName> TooLarge);
