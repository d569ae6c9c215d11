namespace Riad.Git.Objects;

/// <summary>Which names a ref may have.</summary>
/// <remarks>Pure. Source: git-check-ref-format(1).</remarks>
public static class RefName
{
    private const int LongestName = 1024;

    /// <summary>Tells whether a name begins with <c>refs/</c> and is one that git accepts.</summary>
    /// <remarks>Longer than 1024 characters is refused besides, since a file system would refuse it later.</remarks>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Length > LongestName || name.EndsWith('.'))
            return false;
        if (name.Contains("..", StringComparison.Ordinal) || name.Contains("@{", StringComparison.Ordinal))
            return false;
        foreach (var character in name)
        {
            if (character is <= ' ' or '\x7f' or '~' or '^' or ':' or '?' or '*' or '[' or '\\')
                return false;
        }
        return name.Split('/').All(static part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));
    }
}
