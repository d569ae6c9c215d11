using System.Globalization;

namespace Riad.Dns.Names;

/// <summary>Says what is wrong with a name, and what to write instead.</summary>
public static class NameFaultSentences
{
    /// <summary>A sentence without a full stop.</summary>
    /// <param name="fault">Not None.</param>
    /// <param name="found">The text that was refused.</param>
    public static string Describe(this NameFault fault, ReadOnlySpan<byte> found) => fault switch
    {
        NameFault.None => "nothing is wrong",
        NameFault.Empty => "a name is missing; write . for the root or @ for the origin",
        NameFault.EmptyLabel => $"'{Excerpt.Of(found)}' has an empty label; write one dot between labels and none in front",
        NameFault.LabelTooLong => $"'{Excerpt.Of(found)}' has a label over 63 octets; shorten it",
        NameFault.NameTooLong => $"'{Excerpt.Of(found)}' is longer than 255 octets once completed; shorten it, or end it with a dot if it is absolute",
        NameFault.BadEscape => $"'{Excerpt.Of(found)}' has a backslash without a character or three digits up to 255 behind it; write \\\\ for a backslash",
        NameFault.NotAscii => DescribeNotAscii(found),
        NameFault.NotAbsolute => $"'{Excerpt.Of(found)}' is relative, and there is no origin; end it with a dot",
    };

    /// <summary>Names the A-label form where IDNA knows one.</summary>
    /// <remarks>Source: RFC 5890 §2.3.2.1.</remarks>
    private static string DescribeNotAscii(ReadOnlySpan<byte> found)
    {
        var excerpt = Excerpt.Of(found);
        return TryEncode(System.Text.Encoding.UTF8.GetString(found), out var ascii)
            ? $"'{excerpt}' is not ASCII; write {ascii}"
            : $"'{excerpt}' is not ASCII; write its A-label (xn--...), or \\DDD for an octet";
    }

    private static bool TryEncode(string text, out string ascii)
    {
        ascii = "";
        if (text.Length > NameOctets.MaxLength || text.Contains('\ufffd', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal))
            return false;
        try
        {
            ascii = new IdnMapping().GetAscii(text.ToLowerInvariant());
            return ascii.All(letter => letter is > ' ' and <= '~'); // control characters pass through
        }
        catch (ArgumentException) // what IdnMapping says of text that IDNA does not allow
        {
            return false;
        }
    }
}
