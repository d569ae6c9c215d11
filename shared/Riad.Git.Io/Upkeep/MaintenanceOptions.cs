namespace Riad.Git.Io.Upkeep;

/// <summary>When a repository is tidied up.</summary>
public sealed record MaintenanceOptions
{
    /// <summary>Packs that may lie side by side.</summary>
    public int Packs { get; init; } = 20;

    /// <summary>Loose objects that may lie about.</summary>
    public int LooseObjects { get; init; } = 2000;

    /// <summary>A pack stays as it is while it is this many times as long as all shorter ones together.</summary>
    public int GeometricFactor { get; init; } = 2;

    /// <summary>Deltas on deltas in the packs that are written.</summary>
    public int DeltaDepth { get; init; } = 50;

    /// <summary>How old what a killed process left must be before it is removed.</summary>
    public TimeSpan LeftoverAge { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>What was tidied up.</summary>
/// <param name="PacksBefore">Packs that were joined.</param>
/// <param name="LooseBefore">Loose objects that were packed.</param>
/// <param name="Objects">Objects in the new pack; 0 when there was nothing to do.</param>
/// <param name="OctetsBefore">Length of the packs that were joined.</param>
/// <param name="OctetsAfter">Length of the new pack.</param>
public sealed record MaintenanceReport(int PacksBefore, int LooseBefore, int Objects, long OctetsBefore, long OctetsAfter)
{
    internal static MaintenanceReport Nothing { get; } = new(0, 0, 0, 0, 0);
}
