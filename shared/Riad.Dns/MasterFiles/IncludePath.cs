using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.Dns.MasterFiles;

/// <summary>Which paths $INCLUDE may name.</summary>
internal static class IncludePath
{
    private const int MaxLength = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Takes a path from the root of the repository.</summary>
    /// <param name="written">As it stands in the directive.</param>
    /// <param name="path">Null on failure.</param>
    /// <param name="fault">None on success.</param>
    public static bool TryParse(ReadOnlySpan<byte> written, [NotNullWhen(true)] out string? path, out ZoneFault fault)
    {
        path = null;
        fault = Check(written);
        if (fault is not ZoneFault.None)
            return false;
        path = StrictUtf8.GetString(written);
        return true;
    }

    private static ZoneFault Check(ReadOnlySpan<byte> written)
    {
        if (written.IsEmpty || written.Length > MaxLength || written.Contains((byte)'\\') || !System.Text.Unicode.Utf8.IsValid(written))
            return ZoneFault.IncludePath;
        if (written[0] == '/' || written is [_, (byte)':', ..])
            return ZoneFault.IncludeAbsolute;
        foreach (var range in written.Split((byte)'/'))
        {
            var segment = written[range];
            if (segment is [] or [(byte)'.'] || segment.ContainsAnyInRange((byte)0, (byte)0x1f))
                return ZoneFault.IncludePath;
            if (segment is [(byte)'.', (byte)'.'])
                return ZoneFault.IncludeLeaves;
            if (Ascii.EqualsIgnoreCase(segment, ".git"u8))
                return ZoneFault.IncludePath;
            if (IsKeyFile(segment))
                return ZoneFault.IncludeKeys;
        }
        return ZoneFault.None;
    }

    /// <summary>A file whose last label is _keys holds secrets.</summary>
    private static bool IsKeyFile(ReadOnlySpan<byte> name)
    {
        name = name.TrimEnd((byte)'.');
        var last = name[(name.LastIndexOf((byte)'.') + 1)..];
        return Ascii.EqualsIgnoreCase(last, "_keys"u8);
    }
}
