namespace Riad.Dns.Records.Fields;

/// <summary>Numbers, and periods of seconds.</summary>
internal static class NumberField
{
    public static void Parse8(ref RdataTextReader reader)
    {
        if (TryParse(reader.Take(RdataFault.Number8), byte.MaxValue, out var number))
            reader.Output.WriteByte((byte)number);
        else
            reader.Fail(RdataFault.Number8);
    }

    public static void Parse16(ref RdataTextReader reader)
    {
        if (TryParse(reader.Take(RdataFault.Number16), ushort.MaxValue, out var number))
            reader.Output.WriteUInt16((ushort)number);
        else
            reader.Fail(RdataFault.Number16);
    }

    public static void Parse32(ref RdataTextReader reader)
    {
        if (TryParse(reader.Take(RdataFault.Number32), uint.MaxValue, out var number))
            reader.Output.WriteUInt32(number);
        else
            reader.Fail(RdataFault.Number32);
    }

    public static void ParsePeriod(ref RdataTextReader reader)
    {
        if (Period.TryParse(reader.Take(RdataFault.Period), out var seconds))
            reader.Output.WriteUInt32(seconds);
        else
            reader.Fail(RdataFault.Period);
    }

    /// <summary>Reads a decimal number; nothing but digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, uint limit, out uint number)
    {
        number = 0;
        if (word.Length is 0 or > 10)
            return false;
        ulong value = 0;
        foreach (var octet in word)
        {
            if (octet is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + octet - '0';
        }
        number = (uint)value;
        return value <= limit;
    }
}
