using System.Text;

namespace Riad.Dns.MasterFiles;

/// <summary>Classes: of all that there are, zones here have only IN.</summary>
internal static class ZoneClass
{
    /// <summary>Tells whether a word is a class.</summary>
    /// <param name="word">Any word.</param>
    /// <param name="fault">ClassNotIn for another class than IN.</param>
    /// <remarks>Source: RFC 1035 §3.2.4, RFC 3597 §5.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> word, out ZoneFault fault)
    {
        fault = ZoneFault.None;
        if (word.Length == 2 && (word[0] | 0x20) == 'i' && (word[1] | 0x20) == 'n')
            return true;
        if (word.Length < 2 || (word[0] | 0x20) is not ('c' or 'h' or 'n' or 'a'))
            return false;
        if (Is(word, "CLASS1"u8))
            return true;
        fault = ZoneFault.ClassNotIn;
        if (Is(word, "CH"u8) || Is(word, "HS"u8) || Is(word, "CS"u8) || Is(word, "NONE"u8) || Is(word, "ANY"u8))
            return true;
        if (word.Length > 5 && Is(word[..5], "CLASS"u8) && !word[5..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return true;
        fault = ZoneFault.None;
        return false;
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> mnemonic) => Ascii.EqualsIgnoreCase(word, mnemonic);
}
