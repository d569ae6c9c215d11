using Riad.Git.Objects;

namespace Riad.Git.Io.References;

/// <summary>A ref as it is stored.</summary>
/// <param name="Name">The whole name, such as <c>refs/heads/main</c>.</param>
/// <param name="Id">What it names.</param>
public readonly record struct Ref(string Name, ObjectId Id);

/// <summary>A change of one ref.</summary>
/// <param name="Name">The whole name.</param>
/// <param name="Old">What it must name now; the zero id when it must not exist; null when that does not matter.</param>
/// <param name="New">What it shall name; the zero id to delete it.</param>
public sealed record RefUpdate(string Name, ObjectId? Old, ObjectId New);

/// <summary>Why refs were not changed.</summary>
public enum RefUpdateFault
{
    /// <summary>They were.</summary>
    None,

    /// <summary>git does not allow the name, or the ref is symbolic.</summary>
    BadName,

    /// <summary>The ref names something else than was expected.</summary>
    Stale,

    /// <summary>A ref of that name would have to be a file and a folder.</summary>
    NameConflict,

    /// <summary>Another process holds the lock, or died with it.</summary>
    Locked,

    /// <summary>The same ref twice in one transaction.</summary>
    Repeated,
}

/// <summary>Why refs were not changed.</summary>
/// <param name="Fault">The reason.</param>
/// <param name="Name">The ref that is meant.</param>
/// <param name="Message">A sentence for who pushed. Empty when nothing is wrong.</param>
public sealed record RefUpdateError(RefUpdateFault Fault, string Name, string Message)
{
    internal static RefUpdateError None { get; } = new(RefUpdateFault.None, "", "");

    /// <inheritdoc/>
    public override string ToString() => Message;
}
