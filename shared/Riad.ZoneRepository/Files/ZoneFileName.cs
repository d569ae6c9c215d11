using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Dns.Names;

namespace Riad.ZoneRepository.Files;

/// <summary>The file names of zones and of keys, and what no file of a zone is ever called.</summary>
/// <remarks>
/// A name is read as an absolute domain name, in which <c>%</c> and two hexadecimal digits stand for an octet. So
/// <c>0%2F26.2.0.192.in-addr.arpa</c> is a zone of RFC 2317, and <c>%2E.zone</c>, the name ".", is the root.
/// </remarks>
public static class ZoneFileName
{
    /// <summary>What ends the name of a file that is always a zone.</summary>
    public const string Suffix = ".zone";

    private static readonly string[] Documents =
    [
        "AUTHORS", "CHANGELOG", "CODEOWNERS", "CONTRIBUTING", "COPYING", "LICENCE", "LICENSE", "MAKEFILE", "NOTICE", "README", "SECURITY", "TODO",
    ];

    // None of them is .org, which is Emacs's and everybody's.
    private static readonly string[] DocumentEndings = ["adoc", "html", "markdown", "md", "rst", "txt"];

    /// <summary>True for <c>_keys</c> and <c>*._keys</c>, in any case, however the octets are written.</summary>
    public static bool IsKeyFile(string name)
    {
        if (!TryDecode(name, out var octets))
            return false;
        var decoded = octets.AsSpan().TrimEnd((byte)'.');
        return System.Text.Ascii.EqualsIgnoreCase(decoded[(decoded.LastIndexOf((byte)'.') + 1)..], "_keys"u8);
    }

    /// <summary>The domain that a key file is for: the root for <c>_keys</c>, X for <c>X._keys</c>; null when X is no domain name, or the file is no key file.</summary>
    public static DomainName? KeyFileScope(string name)
    {
        const int KeysLabelOctets = 6; // its length and "_keys"
        if (!IsKeyFile(name) || !TryDecode(name, out var octets) || !DomainName.TryParse(octets, DomainName.Root, out var whole, out _))
            return null;
        return DomainName.TryCreate([.. whole.Wire[..^(KeysLabelOctets + 1)], 0], out var scope) ? scope : null;
    }

    /// <summary>True for <c>X.zone</c>, in any case, where X is not empty.</summary>
    public static bool HasSuffix(string name) =>
        name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without <c>.zone</c>, if it has it.</summary>
    public static string WithoutSuffix(string name) => HasSuffix(name) ? name[..^Suffix.Length] : name;

    /// <summary>True for names that Git hosts and people give to documents: README, README.md, LICENSE, Makefile, ...</summary>
    /// <remarks>Such a file may show an SOA record as an example. A zone of that name is written with <c>.zone</c>.</remarks>
    public static bool IsDocument(string name)
    {
        var dot = name.LastIndexOf('.');
        var isDocumentText = dot >= 0 && DocumentEndings.Contains(name[(dot + 1)..], StringComparer.OrdinalIgnoreCase);
        return Documents.Contains(isDocumentText ? name[..dot] : name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads the apex that a file name, with or without <c>.zone</c>, stands for.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out DomainName? apex) => TryParseBare(WithoutSuffix(name), out apex);

    /// <summary>Reads the apex of a file name that is without <c>.zone</c>: one at the end belongs to the apex.</summary>
    public static bool TryParseBare(string name, [NotNullWhen(true)] out DomainName? apex)
    {
        apex = null;
        return TryDecode(name, out var octets) && DomainName.TryParse(octets, DomainName.Root, out apex, out _);
    }

    /// <summary>The file name of an apex, without <c>.zone</c>: in lower case, what is not plain in a path as <c>%XX</c>; <c>%2E</c> for the root.</summary>
    /// <remarks><see cref="TryParseBare"/> undoes it; <see cref="TryParse"/> too, but for zones below the top-level domain "zone".</remarks>
    public static string Print(DomainName apex)
    {
        if (apex.IsRoot)
            return "%2E";
        var text = new StringBuilder();
        var wire = apex.Wire;
        for (var at = 0; wire[at] != 0; at += wire[at] + 1)
        {
            if (at > 0)
                text.Append('.');
            foreach (var octet in wire.Slice(at + 1, wire[at]))
                PrintOctet(text, NameOctets.ToLower(octet));
        }
        return text.ToString();
    }

    private static void PrintOctet(StringBuilder text, byte octet)
    {
        if (octet is >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'_' or (byte)'*')
            text.Append((char)octet);
        else if (octet is (byte)'.' or (byte)'\\' or > 127)
            text.Append(CultureInfo.InvariantCulture, $"%5C{octet:D3}"); // escaped as in a master file: it is no separator there
        else
            text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
    }

    private static bool TryDecode(string name, out byte[] octets)
    {
        var encoded = Encoding.UTF8.GetBytes(name);
        var length = 0;
        octets = [];
        for (var at = 0; at < encoded.Length; at++, length++)
        {
            encoded[length] = encoded[at];
            if (encoded[at] != '%')
                continue;
            if (at + 2 >= encoded.Length || !byte.TryParse(encoded.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out encoded[length]))
                return false;
            at += 2;
        }
        octets = encoded[..length];
        return true;
    }
}
