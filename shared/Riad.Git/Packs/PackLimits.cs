namespace Riad.Git.Packs;

/// <summary>How much a pack from outside may cost.</summary>
/// <remarks>The length of the pack itself is limited by whoever reads it from the network.</remarks>
public sealed record PackLimits
{
    /// <summary>Objects in the pack.</summary>
    public int Objects { get; init; } = 1_000_000;

    /// <summary>Length of one object, or of one delta, unpacked.</summary>
    public int ObjectOctets { get; init; } = 512 * 1024 * 1024;

    /// <summary>Everything that is unpacked while the pack is read, deltas and repetitions included.</summary>
    public long TotalOctets { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>Unpacked bases that are kept for their deltas; beyond that they are unpacked again. Twice the longest object is needed besides.</summary>
    public long RetainedOctets { get; init; } = 256 * 1024 * 1024;

    /// <summary>Unpacked contents of a MiB and more that are kept for who reads the pack next, instead of being unpacked twice.</summary>
    public long KeptOctets { get; init; } = 256 * 1024 * 1024;

    /// <summary>Deltas on deltas. git itself writes at most 4095.</summary>
    public int DeltaDepth { get; init; } = 4095;
}
