using System.Globalization;
using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>Times of signatures: seconds since 1970 in 32 bits.</summary>
/// <remarks>Source: RFC 4034 §3.2. The first round of the circle is meant, which ends in 2106.</remarks>
internal static class TimeField
{
    private const int DateDigits = 14;
    private const string DateFormat = "yyyyMMddHHmmss";

    public static void Parse(ref RdataTextReader reader)
    {
        var word = reader.Take(RdataFault.Time);
        if (word.Length == DateDigits ? TryParseDate(word, out var seconds) : NumberField.TryParse(word, uint.MaxValue, out seconds))
            reader.Output.WriteUInt32(seconds);
        else
            reader.Fail(RdataFault.Time);
    }

    public static void Print(ref WireReader reader, StringBuilder output) =>
        output.Append(DateTimeOffset.FromUnixTimeSeconds(reader.ReadUInt32()).ToString(DateFormat, CultureInfo.InvariantCulture));

    private static bool TryParseDate(ReadOnlySpan<byte> word, out uint seconds)
    {
        seconds = 0;
        Span<char> text = stackalloc char[DateDigits];
        Encoding.Latin1.GetChars(word, text);
        if (!DateTimeOffset.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        var unix = time.ToUnixTimeSeconds();
        seconds = unchecked((uint)unix);
        return unix is >= 0 and <= uint.MaxValue;
    }
}
