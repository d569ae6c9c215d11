namespace Riad.Git.Protocol.Client;

/// <summary>Text as one word of a POSIX shell at the other end of ssh.</summary>
public static class ShellWord
{
    /// <summary>Quotes as git does: inside single quotes, with <c>'</c> and <c>!</c> outside of them.</summary>
    /// <remarks>Source: git's own client, whose quoting the restricted shells of forges expect.</remarks>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", @"'\''", StringComparison.Ordinal).Replace("!", @"'\!'", StringComparison.Ordinal)}'";
    }
}
