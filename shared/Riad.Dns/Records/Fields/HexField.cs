using System.Buffers;
using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>Octets in hexadecimal: to the end, as a digest, as a salt, and with hyphens.</summary>
internal static class HexField
{
    private const int NoDigit = 255;
    private const int MinZoneDigest = 12; // RFC 8976 §2.2.4

    public static void ValidateDigest(RdataField field, ref WireReader reader)
    {
        if (reader.Failed)
            return;
        var kind = reader.Message[reader.Position - 1];
        if (!IsDigest(field, kind, reader.Remaining))
            reader.Fail(WireFault.Malformed);
        reader.ReadRest();
    }

    public static void ParseRest(ref RdataTextReader reader)
    {
        var pending = NoDigit; // the upper half of an octet: words may be cut anywhere
        do
        {
            var word = reader.Take(RdataFault.Hex);
            if (word.IsEmpty)
                reader.Fail(RdataFault.Hex); // "" is a word, too
            if (pending == NoDigit && word.Length % 2 == 0)
                ParsePairs(word, ref reader);
            else
                pending = ParseDigits(word, pending, ref reader);
        }
        while (!reader.AtEnd);
        if (pending != NoDigit)
            reader.Fail(RdataFault.OddHex);
    }

    public static void ParseDigest(RdataField field, ref RdataTextReader reader)
    {
        var start = reader.Output.Position;
        ParseRest(ref reader);
        if (!reader.Failed && !reader.Output.Overflowed && !IsDigest(field, reader.Output.Written[start - 1], reader.Output.Position - start))
            reader.Fail(RdataFault.DigestLength);
    }

    public static void ParseSalt(ref RdataTextReader reader)
    {
        var word = reader.Take(RdataFault.Salt);
        if (word is [(byte)'-'])
            word = default;
        else if (word.Length is 0 or > 2 * byte.MaxValue || word.Length % 2 != 0)
            reader.Fail(RdataFault.Salt);
        reader.Output.WriteByte((byte)(word.Length / 2));
        for (var at = 0; at + 1 < word.Length; at += 2)
            WritePair(word[at..], RdataFault.Salt, ref reader);
    }

    public static void PrintSalt(ref WireReader reader, StringBuilder output)
    {
        var salt = reader.ReadOctets(reader.ReadByte());
        output.Append(salt.IsEmpty ? "-" : Convert.ToHexString(salt));
    }

    public static void ParseEui(ref RdataTextReader reader, int octets, RdataFault expected)
    {
        var word = reader.Take(expected);
        if (word.Length != (3 * octets) - 1)
            reader.Fail(expected);
        for (var at = 0; at < word.Length && !reader.Failed; at += 3)
        {
            if (at > 0 && word[at - 1] != '-')
                reader.Fail(expected);
            WritePair(word[at..], expected, ref reader);
        }
    }

    public static void PrintEui(ReadOnlySpan<byte> octets, StringBuilder output)
    {
        for (var i = 0; i < octets.Length; i++)
            output.Append(i == 0 ? "" : "-").Append(Convert.ToHexStringLower(octets.Slice(i, 1)));
    }

    private static void ParsePairs(ReadOnlySpan<byte> word, ref RdataTextReader reader)
    {
        var octets = reader.Output.Reserve(word.Length / 2);
        if (!octets.IsEmpty && Convert.FromHexString(word, octets, out _, out _) is not OperationStatus.Done)
            reader.Fail(RdataFault.Hex);
    }

    private static int ParseDigits(ReadOnlySpan<byte> word, int pending, ref RdataTextReader reader)
    {
        foreach (var octet in word)
        {
            var digit = DigitOf(octet);
            if (digit == NoDigit)
                reader.Fail(RdataFault.Hex);
            else if (pending == NoDigit)
                pending = digit;
            else
            {
                reader.Output.WriteByte((byte)(pending << 4 | digit));
                pending = NoDigit;
            }
        }
        return pending;
    }

    private static void WritePair(ReadOnlySpan<byte> pair, RdataFault expected, ref RdataTextReader reader)
    {
        var (high, low) = (DigitOf(pair[0]), DigitOf(pair[1]));
        if (high == NoDigit || low == NoDigit)
            reader.Fail(expected);
        else
            reader.Output.WriteByte((byte)(high << 4 | low));
    }

    private static int DigitOf(byte octet) => (char)octet switch
    {
        >= '0' and <= '9' => octet - '0',
        >= 'a' and <= 'f' => octet - 'a' + 10,
        >= 'A' and <= 'F' => octet - 'A' + 10,
        _ => NoDigit,
    };

    private static bool IsDigest(RdataField field, byte kind, int length) => (field, kind) switch
    {
        (RdataField.DelegationDigest or RdataField.KeyFingerprint, 1) => length == 20, // SHA-1
        (RdataField.DelegationDigest or RdataField.KeyFingerprint, 2) => length == 32, // SHA-256
        (RdataField.DelegationDigest, 4) => length == 48, // SHA-384
        (RdataField.ZoneDigest, 1) => length == 48, // SHA-384
        (RdataField.ZoneDigest, 2) => length == 64, // SHA-512
        (RdataField.ZoneDigest, _) => length >= MinZoneDigest,
        _ => length > 0,
    };
}
