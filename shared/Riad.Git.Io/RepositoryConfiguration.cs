namespace Riad.Git.Io;

/// <summary>What the file <c>config</c> says about the format of a repository.</summary>
internal static class RepositoryConfiguration
{
    /// <summary>Names what this side cannot read; null when all is well.</summary>
    public static string? FindObstacle(IEnumerable<string> lines)
    {
        var section = "";
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (text.StartsWith('['))
            {
                var end = text.IndexOf(']', StringComparison.Ordinal);
                section = end < 0 ? "" : text[1..end].Trim();
                text = end < 0 ? "" : text[(end + 1)..].Trim();
            }
            if (text.Length == 0 || text[0] is '#' or ';')
                continue;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (text, "true") : (text[..equals].Trim(), text[(equals + 1)..].Trim().Trim('"'));
            if (Judge(section.ToLowerInvariant(), key.ToLowerInvariant(), value.ToLowerInvariant()) is { } obstacle)
                return obstacle;
        }
        return null;
    }

    private static string? Judge(string section, string key, string value) => (section, key, value) switch
    {
        ("core", "repositoryformatversion", not ("0" or "1")) => $"its format version is {value}; only 0 and 1 are known",
        ("core", "bare", "false" or "no" or "off" or "0") => "it has a work tree; use a bare one ('git clone --bare')",
        ("extensions", "objectformat", "sha1") => null,
        ("extensions", "objectformat", _) => $"its objects are named with {value}; only SHA-1 is supported",
        ("extensions", "refstorage", "files") => null,
        ("extensions", "refstorage", _) => $"its refs are stored as {value}; only files are supported ('git refs migrate --ref-format=files')",
        ("extensions", "partialclone", _) => "it is a partial clone, so objects are missing; clone it whole",
        ("extensions", "noop" or "noop-v1" or "preciousobjects" or "worktreeconfig", _) => null,
        ("extensions", _, _) => $"it uses the extension {key}, which is not known",
        _ => null,
    };
}
