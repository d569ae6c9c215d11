using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>Text; also SPF, which was given up for it (RFC 7208 §3.1).</summary>
/// <param name="Strings">At least one. Their borders mean nothing to most readers, who join them.</param>
/// <remarks>
/// <code>
/// TXT-DATA     one or more character strings, to the end
/// </code>
/// Source: RFC 1035 §3.3.14.
/// </remarks>
public sealed record Txt(Seq<CharacterString> Strings)
{
    internal static readonly RdataShape Shape = new(RdataField.CharacterStrings);

    internal static readonly RdataCodec<Txt> Codec = new(Read, static (txt, ref writer) => txt.Write(ref writer));

    private static Txt Read(ref WireReader reader)
    {
        var strings = new List<CharacterString>(1);
        do
            strings.Add(CharacterString.Read(ref reader));
        while (reader is { Remaining: > 0, Failed: false });
        return new(strings.ToSeq());
    }

    private void Write(ref WireWriter writer)
    {
        foreach (var text in Strings)
            text.Write(ref writer);
    }
}
