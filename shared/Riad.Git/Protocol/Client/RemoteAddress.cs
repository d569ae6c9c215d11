namespace Riad.Git.Protocol.Client;

/// <summary>Where a repository is that somebody else serves: a closed family. Its text holds no password.</summary>
/// <remarks>Source: git-clone(1), "GIT URLS".</remarks>
public abstract record RemoteAddress
{
    private RemoteAddress()
    {
    }

    /// <summary>Git's smart protocol over HTTP.</summary>
    /// <param name="Url">http or https, without user, query and fragment, and without a final slash.</param>
    /// <param name="UserName">Whose password is looked for; null when the address names nobody.</param>
    public sealed record Http(Uri Url, string? UserName) : RemoteAddress
    {
        /// <inheritdoc/>
        public override string ToString() => Url.ToString();
    }

    /// <summary>Git's programs on another machine, started through ssh.</summary>
    /// <param name="UserName">Who logs in; null for ssh's own choice.</param>
    /// <param name="Host">A name or an address without brackets, or a word of ssh's configuration.</param>
    /// <param name="Port">Null for ssh's own choice.</param>
    /// <param name="Path">As the shell at the other end is to see it, before quoting.</param>
    public sealed record Ssh(string? UserName, string Host, int? Port, string Path) : RemoteAddress
    {
        /// <summary>What the ssh program connects to: <c>host</c> or <c>user@host</c>.</summary>
        public string Destination => UserName is null ? Host : $"{UserName}@{Host}";

        /// <inheritdoc/>
        public override string ToString()
        {
            var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
            var port = Port is null ? "" : FormattableString.Invariant($":{Port}");
            return $"ssh://{(UserName is null ? "" : UserName + "@")}{host}{port}/{Path.TrimStart('/')}";
        }
    }

    /// <summary>A folder of this machine.</summary>
    /// <param name="Path">Begins with <c>/</c> or <c>.</c>.</param>
    public sealed record Local(string Path) : RemoteAddress
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }
}
