using System.Collections.Immutable;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Updates;

/// <summary>What a group of updates comes to: to be stored together, and then to be served and answered.</summary>
/// <param name="Next">What is served then.</param>
/// <param name="Tip">What the branch is to name: the last commit of the group.</param>
/// <param name="Objects">New objects of the branch and the journal, each after what it names.</param>
/// <param name="Entry">What the journal's ref is to name; null when nothing that is served changes in the end.</param>
/// <param name="Changes">By zone, in canonical order of names.</param>
public sealed record UpdateWriting(ServedState Next, ObjectId Tip, NewObjects Objects, ObjectId? Entry, ImmutableArray<ZoneChange> Changes);
