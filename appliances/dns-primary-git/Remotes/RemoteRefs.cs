using Riad.Git.Objects;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>The two refs that a remote and this repository have in common, at one moment.</summary>
/// <param name="Branch">What the served branch names; zero where there is none.</param>
/// <param name="Journal">What the journal's ref names; zero where there is none.</param>
internal readonly record struct RemoteRefs(ObjectId Branch, ObjectId Journal);
