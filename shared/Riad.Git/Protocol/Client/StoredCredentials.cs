using System.Diagnostics.CodeAnalysis;

namespace Riad.Git.Protocol.Client;

/// <summary>A user's name and password for one site. Its text does not show the password.</summary>
/// <param name="UserName">Not empty.</param>
/// <param name="Password">A password or a token.</param>
public sealed record SiteCredential(string UserName, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => UserName;
}

/// <summary>Reads the file in which git keeps passwords: a line <c>https://user:password@host</c> for each site.</summary>
/// <remarks>Source: git-credential-store(1), "STORAGE FORMAT".</remarks>
public static class StoredCredentials
{
    /// <summary>Finds the first line for a site.</summary>
    /// <param name="lines">The lines of the file; those of other forms are passed over, as git does.</param>
    /// <param name="site">Scheme, host and port have to be the same; the path does not matter.</param>
    /// <param name="userName">Whose line; null for anybody's.</param>
    /// <param name="credential">Null when there is none.</param>
    public static bool TryFind(IEnumerable<string> lines, Uri site, string? userName, [NotNullWhen(true)] out SiteCredential? credential)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(site);
        foreach (var line in lines)
        {
            if (TryRead(line, site, out credential) && (userName is null || string.Equals(credential.UserName, userName, StringComparison.Ordinal)))
                return true;
        }
        credential = null;
        return false;
    }

    private static bool TryRead(string line, Uri site, [NotNullWhen(true)] out SiteCredential? credential)
    {
        credential = null;
        if (!Uri.TryCreate(line.Trim(), UriKind.Absolute, out var url) || url.Scheme != site.Scheme || url.Port != site.Port)
            return false;
        if (!string.Equals(url.Host, site.Host, StringComparison.OrdinalIgnoreCase))
            return false;
        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return false;
        credential = new(Uri.UnescapeDataString(url.UserInfo[..colon]), Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]));
        return true;
    }
}
