using System.Text;

namespace Riad.Dns.Records.Fields;

/// <summary>Mnemonics of types whose data we do not know: they occur in type bitmaps that other software writes.</summary>
/// <remarks>Source: IANA, "Resource Record (RR) TYPEs". We print TYPEnnn, which everybody reads.</remarks>
internal static class OtherMnemonics
{
    private static readonly (string Mnemonic, ushort Code)[] Table =
    [
        ("MD", 3), ("MF", 4), ("MB", 7), ("MG", 8), ("MR", 9), ("WKS", 11), ("MINFO", 14), ("X25", 19), ("ISDN", 20), ("RT", 21), ("NSAP", 22),
        ("NSAP-PTR", 23), ("SIG", 24), ("KEY", 25), ("PX", 26), ("GPOS", 27), ("NXT", 30), ("EID", 31), ("NIMLOC", 32), ("ATMA", 34), ("KX", 36),
        ("A6", 38), ("SINK", 40), ("APL", 42), ("IPSECKEY", 45), ("DHCID", 49), ("HIP", 55), ("NINFO", 56), ("RKEY", 57), ("TALINK", 58),
        ("UINFO", 100), ("UID", 101), ("GID", 102), ("UNSPEC", 103), ("NID", 104), ("L32", 105), ("L64", 106), ("LP", 107),
        ("AVC", 258), ("DOA", 259), ("AMTRELAY", 260), ("TA", 32768), ("DLV", 32769),
    ];

    public static bool TryFind(ReadOnlySpan<byte> word, out ushort code)
    {
        foreach (var (mnemonic, known) in Table)
        {
            code = known;
            if (Ascii.EqualsIgnoreCase(word, mnemonic))
                return true;
        }
        code = 0;
        return false;
    }
}
