using System.Diagnostics;
using Riad.Git.Io.Remotes;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>What became of a fetch.</summary>
internal enum FetchOutcome
{
    /// <summary>There was something new.</summary>
    News,

    /// <summary>There was nothing new.</summary>
    Nothing,

    /// <summary>The remote could not be read.</summary>
    Failed,
}

/// <summary>What became of a push to the remote.</summary>
internal enum PushOutcome
{
    /// <summary>The remote has it.</summary>
    Done,

    /// <summary>The remote had moved.</summary>
    Moved,

    /// <summary>The remote said no.</summary>
    Refused,

    /// <summary>The remote could not be reached, and has nothing of it.</summary>
    Failed,

    /// <summary>The connection broke, and the remote could not be read afterwards.</summary>
    Unknown,
}

/// <summary>Counts conversations with the remote by what became of them. Safe from any thread.</summary>
internal sealed class RemoteCounts
{
    private readonly long[] fetches = new long[Enum.GetValues<FetchOutcome>().Length];
    private readonly long[] pushes = new long[Enum.GetValues<PushOutcome>().Length];

    /// <summary>How many fetches came to this.</summary>
    public long this[FetchOutcome outcome] => Interlocked.Read(ref fetches[(int)outcome]);

    /// <summary>How many pushes came to this.</summary>
    public long this[PushOutcome outcome] => Interlocked.Read(ref pushes[(int)outcome]);

    /// <summary>Counts a fetch.</summary>
    public void Count(FetchOutcome outcome) => Interlocked.Increment(ref fetches[(int)outcome]);

    /// <summary>Counts a push.</summary>
    public void Count(PushOutcome outcome) => Interlocked.Increment(ref pushes[(int)outcome]);

    /// <summary>Counts a push that was answered.</summary>
    public void Count(RemotePush outcome) => Count(outcome switch
    {
        RemotePush.Done => PushOutcome.Done,
        RemotePush.Moved => PushOutcome.Moved,
        RemotePush.Refused => PushOutcome.Refused,
        _ => throw new UnreachableException(),
    });
}
