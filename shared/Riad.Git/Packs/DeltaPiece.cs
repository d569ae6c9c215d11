namespace Riad.Git.Packs;

/// <summary>A run of octets of a newer version.</summary>
/// <param name="From">Where the run stands in the base; -1 where it is new.</param>
/// <param name="Octets">How long it is.</param>
public readonly record struct DeltaPiece(int From, int Octets)
{
    /// <summary>True when the base does not have it.</summary>
    public bool IsNew => From < 0;
}
