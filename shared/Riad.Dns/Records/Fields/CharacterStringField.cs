using System.Globalization;
using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>Character strings, tags, and text to the end.</summary>
/// <remarks>Source: RFC 1035 §3.3 and §5.1.</remarks>
internal static class CharacterStringField
{
    public static void ValidateAll(ref WireReader reader)
    {
        do
            reader.ReadOctets(reader.ReadByte());
        while (reader is { Remaining: > 0, Failed: false });
    }

    public static void ValidateTag(ref WireReader reader)
    {
        if (!IsTag(reader.ReadOctets(reader.ReadByte())))
            reader.Fail(WireFault.Malformed);
    }

    public static void Parse(ref RdataTextReader reader)
    {
        var word = reader.Take(RdataFault.Text);
        if (reader.Failed)
            return;
        var start = reader.Output.Position;
        reader.Output.WriteByte(0);
        var length = Unescape(word, ref reader);
        if (length > byte.MaxValue)
            reader.Fail(RdataFault.TextTooLong);
        if (!reader.Failed && !reader.Output.Overflowed)
            reader.Output.WrittenForPatching[start] = (byte)length;
    }

    public static void ParseAll(ref RdataTextReader reader)
    {
        do
            Parse(ref reader);
        while (!reader.AtEnd);
    }

    public static void ParseRest(ref RdataTextReader reader, bool allowEmpty)
    {
        var length = Unescape(reader.Take(RdataFault.Text), ref reader);
        if (length == 0 && !allowEmpty)
            reader.Fail(RdataFault.Text);
    }

    public static void ParseTag(ref RdataTextReader reader)
    {
        var word = reader.Take(RdataFault.Tag);
        if (!IsTag(word) || word.Length > byte.MaxValue)
            reader.Fail(RdataFault.Tag);
        reader.Output.WriteByte((byte)word.Length);
        reader.Output.WriteOctets(word);
    }

    public static void Print(ref WireReader reader, StringBuilder output) => PrintQuoted(reader.ReadOctets(reader.ReadByte()), output);

    public static void PrintAll(ref WireReader reader, StringBuilder output)
    {
        Print(ref reader, output);
        while (reader.Remaining > 0)
            Print(ref reader, output.Append(' '));
    }

    public static void PrintQuoted(ReadOnlySpan<byte> octets, StringBuilder output)
    {
        output.Append('"');
        foreach (var octet in octets)
            PrintOctet(octet, output);
        output.Append('"');
    }

    public static void PrintOctet(byte octet, StringBuilder output)
    {
        if (octet is (byte)'"' or (byte)'\\')
            output.Append('\\').Append((char)octet);
        else if (octet is < 0x20 or >= 0x7f)
            output.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
        else
            output.Append((char)octet);
    }

    /// <summary>Takes one octet of text, escaped or not, at <paramref name="at"/>, which moves behind it.</summary>
    public static bool TryTakeOctet(ReadOnlySpan<byte> text, ref int at, out byte octet)
    {
        octet = text[at++];
        if (octet != '\\')
            return true;
        if (at == text.Length)
            return false;
        octet = text[at];
        if (!char.IsAsciiDigit((char)octet))
        {
            at++;
            return true;
        }
        if (at + 3 > text.Length || !NumberField.TryParse(text.Slice(at, 3), byte.MaxValue, out var number))
            return false;
        at += 3;
        octet = (byte)number;
        return true;
    }

    /// <summary>Writes the word's octets; returns how many.</summary>
    private static int Unescape(ReadOnlySpan<byte> word, ref RdataTextReader reader)
    {
        if (!word.Contains((byte)'\\'))
        {
            reader.Output.WriteOctets(word);
            return word.Length;
        }
        var length = 0;
        for (var at = 0; at < word.Length; length++)
        {
            if (!TryTakeOctet(word, ref at, out var octet))
            {
                reader.Fail(RdataFault.BadEscape);
                return length;
            }
            reader.Output.WriteByte(octet);
        }
        return length;
    }

    private static bool IsTag(ReadOnlySpan<byte> tag)
    {
        foreach (var octet in tag)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet))
                return false;
        }
        return !tag.IsEmpty;
    }
}
