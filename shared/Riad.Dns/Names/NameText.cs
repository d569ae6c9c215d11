using System.Buffers;
using System.Globalization;
using System.Text;

namespace Riad.Dns.Names;

/// <summary>The text form of names, without allocating for reading.</summary>
/// <remarks>Source: RFC 1035 §5.1; RFC 4343 §2.1 for the escapes.</remarks>
public static class NameText
{
    private static readonly SearchValues<byte> NeedCare = SearchValues.Create([(byte)'\\', .. Enumerable.Range(128, 128).Select(octet => (byte)octet)]);

    /// <summary>Reads a name into <paramref name="wire"/>.</summary>
    /// <param name="text">The name's text.</param>
    /// <param name="origin">Octets that complete a name without a final dot; empty when there is none.</param>
    /// <param name="wire">At least 255 octets.</param>
    /// <param name="length">Octets written; 0 on failure.</param>
    /// <param name="fault">The first fault; None on success.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> origin, Span<byte> wire, out int length, out NameFault fault)
    {
        length = 0;
        fault = text.IsEmpty ? NameFault.Empty : NameFault.None;
        if (text is [(byte)'.'])
        {
            wire[0] = 0;
            length = 1;
            return true;
        }
        if (fault is not NameFault.None)
            return false;
        return text.Length < NameOctets.MaxLength && !text.ContainsAny(NeedCare)
            ? TryParsePlain(text, origin, wire, out length, out fault)
            : TryParseCarefully(text, origin, wire, out length, out fault);
    }

    /// <summary>The text form with a final dot.</summary>
    public static string Print(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
            return ".";
        var text = new StringBuilder(name.Length + 8);
        Print(name, text);
        return text.ToString();
    }

    /// <summary>Appends the text form with a final dot.</summary>
    public static void Print(ReadOnlySpan<byte> name, StringBuilder text)
    {
        if (name.Length == 1)
            text.Append('.');
        for (var at = 0; name[at] != 0; at += name[at] + 1)
        {
            foreach (var octet in name.Slice(at + 1, name[at]))
                PrintOctet(text, octet);
            text.Append('.');
        }
    }

    /// <summary>Copies the text at once and puts lengths over its dots.</summary>
    private static bool TryParsePlain(ReadOnlySpan<byte> text, ReadOnlySpan<byte> origin, Span<byte> wire, out int length, out NameFault fault)
    {
        (length, fault) = (0, NameFault.None);
        text.CopyTo(wire[1..]);
        var start = 0;
        for (var dot = text.IndexOf((byte)'.'); dot >= 0; dot = text.IndexOf((byte)'.'))
        {
            fault = dot == 0 ? NameFault.EmptyLabel : dot > NameOctets.MaxLabelLength ? NameFault.LabelTooLong : NameFault.None;
            if (fault is not NameFault.None)
                return false;
            wire[start] = (byte)dot;
            start += dot + 1;
            text = text[(dot + 1)..];
        }
        if (text.Length <= NameOctets.MaxLabelLength)
            return Complete(origin, wire, start, start + 1 + text.Length, out length, out fault);
        fault = NameFault.LabelTooLong;
        return false;
    }

    private static bool TryParseCarefully(ReadOnlySpan<byte> text, ReadOnlySpan<byte> origin, Span<byte> wire, out int length, out NameFault fault)
    {
        (length, fault) = (0, NameFault.None);
        var (start, at) = (0, 1); // of the label: its length octet, and where its next octet goes
        for (var i = 0; i < text.Length && fault is NameFault.None; i++)
        {
            var octet = text[i];
            if (octet == '.')
            {
                fault = at - start - 1 is 0 ? NameFault.EmptyLabel : fault;
                wire[start] = (byte)(at - start - 1);
                (start, at) = (at, at + 1);
                if (at > NameOctets.MaxLength)
                    fault = NameFault.NameTooLong;
                continue;
            }
            if (octet == '\\')
                fault = TakeEscape(text, ref i, out octet);
            else if (octet > 127)
                fault = NameFault.NotAscii;
            if (at - start > NameOctets.MaxLabelLength)
                fault = NameFault.LabelTooLong;
            else if (at >= NameOctets.MaxLength)
                fault = NameFault.NameTooLong;
            else
                wire[at++] = octet;
        }
        if (fault is not NameFault.None)
            return false;
        return Complete(origin, wire, start, at, out length, out fault);
    }

    private static bool Complete(ReadOnlySpan<byte> origin, Span<byte> wire, int start, int at, out int length, out NameFault fault)
    {
        length = 0;
        fault = NameFault.None;
        var absolute = at == start + 1; // the text ended in a dot
        if (absolute)
        {
            wire[start] = 0;
            length = at;
            return true;
        }
        wire[start] = (byte)(at - start - 1);
        if (origin.IsEmpty)
            fault = NameFault.NotAbsolute;
        else if (at + origin.Length > NameOctets.MaxLength)
            fault = NameFault.NameTooLong;
        if (fault is not NameFault.None)
            return false;
        origin.CopyTo(wire[at..]);
        length = at + origin.Length;
        return true;
    }

    private static NameFault TakeEscape(ReadOnlySpan<byte> text, ref int i, out byte octet)
    {
        octet = 0;
        if (++i >= text.Length)
            return NameFault.BadEscape;
        octet = text[i];
        if (!char.IsAsciiDigit((char)octet))
            return NameFault.None;
        if (i + 2 >= text.Length || !byte.TryParse(text.Slice(i, 3), NumberStyles.None, CultureInfo.InvariantCulture, out octet))
            return NameFault.BadEscape;
        i += 2;
        return NameFault.None;
    }

    private static void PrintOctet(StringBuilder text, byte octet)
    {
        if (octet is <= 0x20 or >= 0x7f)
            text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
        else if (octet is (byte)'.' or (byte)'\\' or (byte)'"' or (byte)';' or (byte)'(' or (byte)')' or (byte)'@' or (byte)'$')
            text.Append('\\').Append((char)octet);
        else
            text.Append((char)octet);
    }
}
