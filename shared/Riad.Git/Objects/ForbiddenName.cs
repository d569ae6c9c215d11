using System.Text;

namespace Riad.Git.Objects;

/// <summary>Names that some file system takes for <c>.git</c>.</summary>
/// <remarks>
/// NTFS ignores case and trailing dots and spaces, cuts at a colon, takes a backslash for a separator, and has the short
/// name <c>git~1</c>. HFS+ ignores case and a few invisible characters.
/// </remarks>
internal static class ForbiddenName
{
    public static bool IsDotGit(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(".git"u8) || IsOnHfs(name, ".git"u8))
            return true;
        foreach (var part in name.Split((byte)'\\'))
        {
            if (IsOnNtfs(name[part], ".git"u8) || IsOnNtfs(name[part], "git~1"u8))
                return true;
        }
        return false;
    }

    public static bool IsGitModules(ReadOnlySpan<byte> name)
    {
        if (IsOnHfs(name, ".gitmodules"u8) || IsOnNtfs(name, ".gitmodules"u8))
            return true;
        // A short name: the first six letters and a number.
        return name.Length >= 8 && Ascii.EqualsIgnoreCase(name[..7], "gitmod~"u8) && name[7] is >= (byte)'1' and <= (byte)'4' && IsOnNtfs(name[8..], ""u8);
    }

    private static bool IsOnNtfs(ReadOnlySpan<byte> name, ReadOnlySpan<byte> forbidden)
    {
        if (name.Length < forbidden.Length || !Ascii.EqualsIgnoreCase(name[..forbidden.Length], forbidden))
            return false;
        foreach (var octet in name[forbidden.Length..])
        {
            if (octet == ':')
                return true;
            if (octet is not ((byte)' ' or (byte)'.'))
                return false;
        }
        return true;
    }

    private static bool IsOnHfs(ReadOnlySpan<byte> name, ReadOnlySpan<byte> forbidden)
    {
        var matched = 0;
        while (!name.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(name, out var rune, out var used);
            name = name[used..];
            if (IsIgnoredOnHfs(rune.Value))
                continue;
            if (matched == forbidden.Length || !rune.IsAscii || (byte)char.ToLowerInvariant((char)rune.Value) != forbidden[matched])
                return false;
            matched++;
        }
        return matched == forbidden.Length;
    }

    private static bool IsIgnoredOnHfs(int character) =>
        character is (>= 0x200C and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x206A and <= 0x206F) or 0xFEFF;
}
