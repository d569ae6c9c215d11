namespace Riad.Dns.MasterFiles;

/// <summary>Where there are no files but the one that is read: every $INCLUDE is refused as missing.</summary>
public sealed class NoIncludes : IIncludes
{
    /// <summary>The only one.</summary>
    public static readonly NoIncludes Instance = new();

    private NoIncludes()
    {
    }

    /// <inheritdoc/>
    public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
    {
        (text, refusal) = (default, IncludeRefusal.Missing);
        return false;
    }
}
