namespace Riad.Dns.MasterFiles;

/// <summary>Every file that $INCLUDE names is there, and empty: for looking at one file alone.</summary>
public sealed class EmptyIncludes : IIncludes
{
    /// <summary>The only one.</summary>
    public static readonly EmptyIncludes Instance = new();

    private EmptyIncludes()
    {
    }

    /// <inheritdoc/>
    public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
    {
        (text, refusal) = (default, IncludeRefusal.None);
        return true;
    }
}
