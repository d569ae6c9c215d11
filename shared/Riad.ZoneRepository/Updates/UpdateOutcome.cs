using Riad.Dns.Messages;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Updates;

/// <summary>What became of one update of a group: a closed family.</summary>
public abstract record UpdateOutcome
{
    private UpdateOutcome()
    {
    }

    /// <summary>Not done.</summary>
    /// <param name="Code">What the client is told.</param>
    /// <param name="Reason">For the log: one line.</param>
    public sealed record Refused(ResponseCode Code, string Reason) : UpdateOutcome;

    /// <summary>The zone is as wanted already.</summary>
    public sealed record WithoutEffect : UpdateOutcome;

    /// <summary>A commit of the group, to be answered once the group is stored.</summary>
    /// <param name="Commit">The commit.</param>
    /// <param name="Subject">Its first line.</param>
    public sealed record Committed(ObjectId Commit, string Subject) : UpdateOutcome;
}
