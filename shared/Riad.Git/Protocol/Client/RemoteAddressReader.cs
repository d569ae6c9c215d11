using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Git.Objects;

namespace Riad.Git.Protocol.Client;

/// <summary>Reads <c>URL[#branch]</c> as an operator writes it.</summary>
/// <remarks>
/// Only what is spoken passes: an address that could be taken for an option or for a program to run is refused, whatever
/// would be done with it later. Source: git-clone(1), "GIT URLS"; gitremote-helpers(7) for what is refused.
/// </remarks>
public static class RemoteAddressReader
{
    private const int LongestAddress = 4096;
    private static readonly SearchValues<char> NeverInHosts = SearchValues.Create("[]@ ,;'\"\\$`(){}|&<>!*?");
    private static readonly SearchValues<char> NeverInUsers = SearchValues.Create(":@/ ;'\"\\$`(){}|&<>!*?");

    private const string Forms = "write https://HOST/PATH, ssh://USER@HOST/PATH, USER@HOST:PATH, file:///PATH or a path that begins with '/'";

    /// <summary>Reads an address and, after the last <c>#</c>, a branch.</summary>
    /// <param name="text">As written.</param>
    /// <param name="address">Null when false is returned.</param>
    /// <param name="branch">Without <c>refs/heads/</c>; null when none is named.</param>
    /// <param name="instead">What to write instead, without naming what was written, which may hold a password; null on success.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out RemoteAddress? address, out string? branch, [NotNullWhen(false)] out string? instead)
    {
        ArgumentNullException.ThrowIfNull(text);
        (address, branch) = (null, null);
        if (text.Length is 0 or > LongestAddress || text.Any(static character => char.IsControl(character) || character is ' '))
            return Refuse(Forms, out instead);
        if (text[0] is '-')
            return Refuse($"an address does not begin with '-'; {Forms}", out instead);
        var hash = text.LastIndexOf('#');
        if (hash >= 0)
        {
            branch = text[(hash + 1)..];
            text = text[..hash];
            if (!RefName.IsValid($"refs/heads/{branch}"))
                return Refuse("after '#' write the name of a branch, such as main", out instead);
        }
        instead = Read(text, out address);
        return instead is null;
    }

    private static string? Read(string text, out RemoteAddress? address)
    {
        address = null;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0)
            return ReadUrl(text[..scheme].ToLowerInvariant(), text[(scheme + 3)..], text, out address);
        if (text.Contains("::", StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal))
            return $"remote helpers such as ext:: are not used; {Forms}";
        if (text.Length > 0 && text[0] is '/' or '.')
        {
            address = new RemoteAddress.Local(text);
            return null;
        }
        return ReadScp(text, out address);
    }

    private static string? ReadUrl(string scheme, string rest, string whole, out RemoteAddress? address)
    {
        address = null;
        return scheme switch
        {
            "https" or "http" => ReadHttp(whole, out address),
            "ssh" or "git+ssh" or "ssh+git" => ReadSsh(rest, out address),
            "file" => ReadFile(rest, out address),
            "git" => "git:// proves neither who serves nor who writes; write https:// or ssh:// instead",
            _ => $"this kind of address is not known; {Forms}",
        };
    }

    private static string? ReadHttp(string whole, out RemoteAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.Host[0] is '-' || url.Query.Length > 0)
            return "write https://HOST/PATH";
        // Whether a host in other letters is a name at all is found out only when it is connected to.
        if (!Ascii.IsValid(url.Host))
            return "write the host in ASCII, as it stands in the DNS (xn--...)";
        if (url.UserInfo.Contains(':', StringComparison.Ordinal))
            return "a password in an address is seen by everybody on the host; write it to a file and give --remote-credentials FILE";
        var userName = url.UserInfo.Length > 0 ? Uri.UnescapeDataString(url.UserInfo) : null;
        var bare = new UriBuilder(url) { UserName = "", Path = url.AbsolutePath.TrimEnd('/') };
        address = new RemoteAddress.Http(bare.Uri, userName);
        return null;
    }

    private static string? ReadSsh(string rest, out RemoteAddress? address)
    {
        address = null;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !TrySplitAuthority(rest[..slash], out var user, out var host, out var port))
            return "write ssh://USER@HOST[:PORT]/PATH";
        var path = Uri.UnescapeDataString(rest[slash..]);
        // As git: /~ada/zones.git lies in Ada's home.
        if (path.StartsWith("/~", StringComparison.Ordinal))
            path = path[1..];
        return Accept(user, host, port, path, out address);
    }

    private static string? ReadFile(string rest, out RemoteAddress? address)
    {
        address = null;
        if (!rest.StartsWith('/'))
            return "write file:///PATH, with three slashes";
        var path = Uri.UnescapeDataString(rest);
        if (path.Any(char.IsControl))
            return "write a path without control characters";
        address = new RemoteAddress.Local(path);
        return null;
    }

    private static string? ReadScp(string text, out RemoteAddress? address)
    {
        address = null;
        var bracket = text.IndexOf(']', StringComparison.Ordinal);
        var colon = text.IndexOf(':', Math.Max(0, bracket));
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (colon < 0 || (slash >= 0 && slash < colon) || !TrySplitAuthority(text[..colon], out var user, out var host, out var port) || port is not null)
            return Forms;
        return Accept(user, host, port, text[(colon + 1)..], out address);
    }

    // What begins with '-' could be an option of ssh, or of the program at the other end.
    private static string? Accept(string? user, string host, int? port, string path, out RemoteAddress? address)
    {
        address = null;
        if (host.Length == 0 || host[0] is '-' || user is ['-', ..] or "" || path is ['-', ..] or "" or "/" || path.Any(char.IsControl))
            return "write ssh://USER@HOST[:PORT]/PATH; neither user, host nor path begins with '-'";
        address = new RemoteAddress.Ssh(user, host, port, path);
        return null;
    }

    private static bool TrySplitAuthority(string authority, out string? user, out string host, out int? port)
    {
        (user, port) = (null, null);
        var at = authority.LastIndexOf('@');
        if (at >= 0)
            user = authority[..at];
        host = authority[(at + 1)..];
        var end = host.LastIndexOf(']');
        var colon = host.LastIndexOf(':');
        if (colon > end)
        {
            if (!ushort.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                return false;
            (port, host) = (number, host[..colon]);
        }
        if (host is ['[', .. var inner, ']'])
            host = inner;
        return !host.AsSpan().ContainsAny(NeverInHosts) && (user is null || !user.AsSpan().ContainsAny(NeverInUsers));
    }

    private static bool Refuse(string sentence, out string? instead)
    {
        instead = sentence;
        return false;
    }
}
