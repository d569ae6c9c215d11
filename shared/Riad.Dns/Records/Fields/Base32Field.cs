using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>A hash in Base32 with the extended hex alphabet, without padding.</summary>
/// <remarks>Source: RFC 4648 §7, RFC 5155 §3.3.</remarks>
internal static class Base32Field
{
    private const int NoDigit = -1;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    public static void Validate(ref WireReader reader)
    {
        int length = reader.ReadByte();
        if (length == 0)
            reader.Fail(WireFault.Malformed);
        reader.ReadOctets(length);
    }

    public static void Parse(ref RdataTextReader reader)
    {
        var word = reader.Take(RdataFault.Base32);
        var length = word.Length * 5 / 8;
        if (length is 0 or > byte.MaxValue || word.Length != ((length * 8) + 4) / 5)
            reader.Fail(RdataFault.Base32);
        reader.Output.WriteByte((byte)length);
        var (bits, count) = (0, 0);
        foreach (var octet in word)
        {
            var digit = DigitOf(octet);
            if (digit == NoDigit)
                reader.Fail(RdataFault.Base32);
            if (reader.Failed)
                return;
            bits = (bits << 5 | digit) & 0xfff;
            count += 5;
            if (count < 8)
                continue;
            count -= 8;
            reader.Output.WriteByte((byte)(bits >> count));
        }
        if ((bits & ((1 << count) - 1)) != 0)
            reader.Fail(RdataFault.Base32);
    }

    public static void Print(ref WireReader reader, StringBuilder output)
    {
        var (bits, count) = (0, 0);
        foreach (var octet in reader.ReadOctets(reader.ReadByte()))
        {
            bits = (bits << 8 | octet) & 0xfff;
            for (count += 8; count >= 5; count -= 5)
                output.Append(Alphabet[bits >> (count - 5) & 31]);
        }
        if (count > 0)
            output.Append(Alphabet[bits << (5 - count) & 31]);
    }

    private static int DigitOf(byte octet) => (char)octet switch
    {
        >= '0' and <= '9' => octet - '0',
        >= 'a' and <= 'v' => octet - 'a' + 10,
        >= 'A' and <= 'V' => octet - 'A' + 10,
        _ => NoDigit,
    };
}
