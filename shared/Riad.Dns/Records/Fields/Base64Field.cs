using System.Buffers;
using System.Buffers.Text;

namespace Riad.Dns.Records.Fields;

/// <summary>Octets to the end, in Base64 that may be cut into words anywhere.</summary>
/// <remarks>Source: RFC 4648 §4. Padding is required, and the bits that it drops must be zero.</remarks>
internal static class Base64Field
{
    private const int NoDigit = -1;

    public static void Parse(ref RdataTextReader reader)
    {
        var decoder = new Decoder();
        do
        {
            var word = reader.Take(RdataFault.Base64);
            if (word.IsEmpty)
                reader.Fail(RdataFault.Base64); // "" is a word, too
            if (decoder.IsAtStartOfGroup)
                word = word[ParseGroups(word, ref reader)..];
            foreach (var octet in word)
            {
                if (!decoder.TryTake(octet, ref reader))
                    reader.Fail(RdataFault.Base64);
            }
        }
        while (!reader.AtEnd);
        if (!decoder.IsComplete)
            reader.Fail(RdataFault.Base64);
    }

    public static void ParseOrZero(ref RdataTextReader reader)
    {
        if (reader.Remaining == 1 && reader.Peek(0) is [(byte)'0'])
        {
            reader.Take(RdataFault.Base64);
            reader.Output.WriteByte(0);
            return;
        }
        Parse(ref reader);
    }

    /// <summary>Reads groups of four but the last, which may be padded; returns how many digits that were.</summary>
    private static int ParseGroups(ReadOnlySpan<byte> word, ref RdataTextReader reader)
    {
        var digits = (word.Length - 1) / 4 * 4;
        var octets = digits <= 0 ? default : reader.Output.Reserve(digits / 4 * 3);
        if (octets.IsEmpty)
            return 0;
        var status = Base64.DecodeFromUtf8(word[..digits], octets, out var consumed, out _, isFinalBlock: false);
        if (status is not OperationStatus.Done || consumed != digits)
            reader.Fail(RdataFault.Base64);
        return digits;
    }

    private static int DigitOf(byte octet) => (char)octet switch
    {
        >= 'A' and <= 'Z' => octet - 'A',
        >= 'a' and <= 'z' => octet - 'a' + 26,
        >= '0' and <= '9' => octet - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => NoDigit,
    };

    private struct Decoder
    {
        private int bits;
        private int digits; // of the group of four
        private int padding;
        private bool any;

        public readonly bool IsAtStartOfGroup => digits == 0 && padding == 0;

        public readonly bool IsComplete => any && digits == 0;

        public bool TryTake(byte octet, ref RdataTextReader reader)
        {
            if (octet == '=')
                return TryPad(ref reader);
            var digit = DigitOf(octet);
            if (digit == NoDigit || padding > 0)
                return false;
            bits = bits << 6 | digit;
            any = true;
            if (++digits == 4)
                Write(3, ref reader);
            return true;
        }

        private bool TryPad(ref RdataTextReader reader)
        {
            padding++;
            if (digits < 2 || digits + padding > 4)
                return false;
            if (digits + padding < 4)
                return true;
            if ((bits & (padding == 1 ? 3 : 15)) != 0)
                return false;
            bits <<= 6 * padding;
            Write(3 - padding, ref reader);
            return true;
        }

        private void Write(int octets, ref RdataTextReader reader)
        {
            for (var i = 0; i < octets; i++)
                reader.Output.WriteByte((byte)(bits >> (16 - (8 * i))));
            (bits, digits) = (0, 0);
        }
    }
}
