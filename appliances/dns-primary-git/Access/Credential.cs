using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>A name and a password as a client sent them.</summary>
internal sealed class Credential
{
    private const int MostCharacters = 1024;

    private Credential(string name, string password) => (Name, Password) = (name, password);

    /// <summary>The name; not known to be anybody's.</summary>
    public string Name { get; }

    /// <summary>The password.</summary>
    public string Password { get; }

    /// <summary>Reads an Authorization header of the scheme Basic.</summary>
    /// <remarks>Source: RFC 7617 §2, with UTF-8.</remarks>
    public static bool TryParse(string? header, [NotNullWhen(true)] out Credential? credential)
    {
        credential = null;
        if (header is null || header.Length > MostCharacters || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return false;
        var octets = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), octets, out var length))
            return false;
        var text = Encoding.UTF8.GetString(octets, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        credential = new(text[..colon], text[(colon + 1)..]);
        return true;
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => Name;
}
