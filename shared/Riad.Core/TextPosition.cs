namespace Riad.Core;

/// <summary>A place in a text file, printed as compilers do, so that editors and Git hooks understand it.</summary>
/// <param name="File">The path as a person would write it; never null or empty.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in octets.</param>
public sealed record TextPosition(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
