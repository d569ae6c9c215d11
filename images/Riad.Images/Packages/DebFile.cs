using System.Globalization;
using System.Text;

namespace Riad.Images.Packages;

/// <summary>A Debian package as a file: an archive of ar with the files in a member of its own.</summary>
/// <remarks>Source: deb(5). All packages of Debian 12 are compressed with xz; another compression is <see cref="DebFault.NoFiles"/>.</remarks>
public static class DebFile
{
    private const int HeaderLength = 60;

    private static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    /// <summary>Finds the compressed archive of the package's files.</summary>
    /// <param name="package">The whole file.</param>
    /// <param name="files">A tar archive, compressed with xz.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryFindFiles(ReadOnlyMemory<byte> package, out ReadOnlyMemory<byte> files, out DebFault fault)
    {
        (files, fault) = (default, DebFault.NotAnArchive);
        if (!package.Span.StartsWith(Magic))
            return false;

        fault = DebFault.Damaged;
        for (var rest = package[Magic.Length..]; rest.Length > 0;)
        {
            if (!TryReadHeader(rest.Span, out var name, out var length))
                return false;
            if (name == "data.tar.xz")
            {
                files = rest.Slice(HeaderLength, length);
                return true;
            }
            // Members begin at even places.
            rest = rest[Math.Min(rest.Length, HeaderLength + length + (length & 1))..];
        }
        fault = DebFault.NoFiles;
        return false;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> member, out string name, out int length)
    {
        (name, length) = ("", 0);
        if (member.Length < HeaderLength || !member[58..60].SequenceEqual("`\n"u8))
            return false;
        name = Encoding.ASCII.GetString(member[..16]).TrimEnd(' ').TrimEnd('/');
        return int.TryParse(member[48..58], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out length)
            && length >= 0 && length <= member.Length - HeaderLength;
    }
}
