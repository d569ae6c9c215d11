using System.Collections.Immutable;

namespace Riad.Dns.MasterFiles;

/// <summary>Collects places of a file, or of a part of it, while it is read.</summary>
/// <param name="interval">At least so many octets from one to the next.</param>
internal sealed class OutlineRecorder(int interval)
{
    private readonly List<Checkpoint> checkpoints = [];
    private int next;

    /// <summary>What was collected.</summary>
    public ImmutableArray<Checkpoint> Checkpoints => [.. checkpoints];

    /// <summary>True when the reader would do well to say where it stands.</summary>
    public bool Wants(int offset) => offset >= next;

    /// <summary>Takes a place behind a line end.</summary>
    public void Add(int offset, ReadingState state)
    {
        checkpoints.Add(new(offset, checkpoints.Count > 0 && checkpoints[^1].State is var before && before.Origin.Equals(state.Origin) ? state with { Origin = before.Origin } : state));
        next = offset + interval;
    }
}
