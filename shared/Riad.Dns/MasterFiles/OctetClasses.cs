namespace Riad.Dns.MasterFiles;

/// <summary>What an octet means outside of quotes and comments.</summary>
internal enum OctetClass : byte
{
    Word,
    Blank,
    LineEnd,
    Comment,
    Quote,
    Parenthesis,
    Control,
}

/// <summary>The class of each octet, from a table.</summary>
internal static class OctetClasses
{
    private static readonly byte[] Table = Build();

    public static OctetClass Of(byte octet) => (OctetClass)Table[octet];

    private static byte[] Build()
    {
        var table = new byte[256];
        for (var octet = 0; octet < table.Length; octet++)
            table[octet] = (byte)Classify((byte)octet);
        return table;
    }

    private static OctetClass Classify(byte octet) => (char)octet switch
    {
        ' ' or '\t' or '\r' => OctetClass.Blank, // a carriage return is half a line end, and a blank where it stands alone
        '\n' => OctetClass.LineEnd,
        ';' => OctetClass.Comment,
        '"' => OctetClass.Quote,
        '(' or ')' => OctetClass.Parenthesis,
        < ' ' or '\x7f' => OctetClass.Control,
        _ => OctetClass.Word,
    };
}
