using Riad.Dns.Names;

namespace Riad.Dns.MasterFiles;

/// <summary>Names as they are written under an origin.</summary>
internal static class RelativeName
{
    /// <summary>Relative to the origin where the name lies below it, else absolute.</summary>
    public static string Print(ReadOnlySpan<byte> name, ReadOnlySpan<byte> origin)
    {
        if (NameOctets.AreEqual(name, origin))
            return "@";
        if (origin.Length <= 1 || !NameOctets.IsAtOrBelow(name, origin))
            return NameText.Print(name);
        return NameText.Print([.. name[..^origin.Length], 0])[..^1];
    }
}
