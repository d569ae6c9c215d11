namespace Riad.ZoneRepository.Merge;

/// <summary>What a merge by records came to: a closed family.</summary>
public abstract record MergeResult
{
    private MergeResult()
    {
    }

    /// <summary>All changes of both sides.</summary>
    /// <param name="Text">The merged file.</param>
    public sealed record Merged(byte[] Text) : MergeResult;

    /// <summary>All changes but those of sets that both sides changed in different ways: these stand at the end, between git's marks.</summary>
    /// <param name="Text">The file for a person to finish.</param>
    /// <param name="Sets">How many sets of records.</param>
    public sealed record Conflicting(byte[] Text, int Sets) : MergeResult;

    /// <summary>The lines must be merged instead.</summary>
    /// <param name="Reason">Why: one line.</param>
    public sealed record NotByRecords(string Reason) : MergeResult;
}
