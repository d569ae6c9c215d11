using System.Collections.Immutable;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Makes a change known where it has to be known before it is ours: a closed family says what came of it.</summary>
/// <remarks>Docs: docs/decisions/0007-git-remote.md.</remarks>
internal abstract record Publication
{
    private Publication()
    {
    }

    /// <summary>Known there: the refs of this repository may move.</summary>
    /// <param name="Refs">Refs that note it, to be moved in the same transaction.</param>
    public sealed record Granted(ImmutableArray<RefUpdate> Refs) : Publication;

    /// <summary>The remote had moved, and this repository's refs have followed it: the change is to be made again on what is there now.</summary>
    public sealed record Moved : Publication;

    /// <summary>
    /// Known there, and others have gone on from it before that was known here: this repository's refs have followed to where
    /// the change is part of what they name.
    /// </summary>
    public sealed record Included : Publication;

    /// <summary>Nothing may change now.</summary>
    /// <param name="Reason">One sentence for whoever wanted the change.</param>
    public sealed record Refused(string Reason) : Publication;
}

/// <summary>Asks for a publication. Called by one change at a time, before its refs move.</summary>
/// <param name="store">Has the objects, whether they are stored already or not.</param>
/// <param name="branch">What the served branch is to name.</param>
/// <param name="journal">What the journal's ref is to name; zero when there is none.</param>
/// <param name="until">When it has to be decided.</param>
internal delegate Task<Publication> Publisher(IPackSource store, ObjectId branch, ObjectId journal, Deadline until);
