using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Journals;

/// <summary>An entry ready to be stored: all objects first, then the ref.</summary>
/// <param name="Entry">The commit that <see cref="JournalFormat.Ref"/> is to name.</param>
/// <param name="Objects">New objects, in an order in which each comes after what it names.</param>
public sealed record JournalWriting(ObjectId Entry, ImmutableArray<GitObject> Objects);
