using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>What a push does to one ref.</summary>
/// <param name="Old">What the pusher believes the ref to name; zero when it is to be created.</param>
/// <param name="New">What it is to name; zero when it is to be deleted.</param>
/// <param name="Name">The whole name, such as <c>refs/heads/main</c>: as it came, not checked.</param>
/// <remarks>Source: gitprotocol-pack(5), "Reference Update Request and Packfile Transfer".</remarks>
public sealed record RefCommand(ObjectId Old, ObjectId New, string Name)
{
    /// <summary>The ref is to go.</summary>
    public bool IsDeletion => New.IsZero;
}
