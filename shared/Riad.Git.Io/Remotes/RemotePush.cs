using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Io.Remotes;

/// <summary>What became of a push to a remote, when that is known: a closed family.</summary>
public abstract record RemotePush
{
    private RemotePush()
    {
    }

    /// <summary>The remote's refs are as asked for, durably as far as the remote is.</summary>
    /// <param name="Words">What the remote's hooks said; often empty.</param>
    public sealed record Done(string Words) : RemotePush;

    /// <summary>A ref of the remote was another than expected, and nothing was sent.</summary>
    /// <param name="Current">What the refs of the push name there, in their order; zero for those that do not exist.</param>
    public sealed record Moved(ImmutableArray<ObjectId> Current) : RemotePush;

    /// <summary>The remote refused, and nothing changed there.</summary>
    /// <param name="Reason">Its reason, in one line.</param>
    /// <param name="Words">What its hooks said; often empty.</param>
    public sealed record Refused(string Reason, string Words) : RemotePush;
}
