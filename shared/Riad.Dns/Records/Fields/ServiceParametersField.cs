using System.Buffers.Binary;
using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>Service parameters: each a key, a length, and a value; keys ascend.</summary>
/// <remarks>Source: RFC 9460 §2. Appendix D has the vectors.</remarks>
internal static class ServiceParametersField
{
    private const int HeaderOctets = 4; // key and length

    public static void Validate(ref WireReader reader)
    {
        var start = reader.Position;
        var previous = -1;
        while (reader is { Remaining: > 0, Failed: false })
        {
            int key = reader.ReadUInt16();
            if (key <= previous || key == (int)ServiceKey.Invalid)
                reader.Fail(WireFault.Malformed);
            var value = reader.ReadOctets(reader.ReadUInt16());
            if (!reader.Failed && ServiceValue.Check((ServiceKey)key, value) is not RdataFault.None)
                reader.Fail(WireFault.Malformed);
            previous = key;
        }
        if (!reader.Failed && CheckTogether(reader.Message[start..reader.Position], out _) is not RdataFault.None)
            reader.Fail(WireFault.Malformed);
    }

    public static void Parse(ref RdataTextReader reader)
    {
        var count = reader.Remaining;
        if (count == 0)
            return;
        if (reader.Output.Written is [0, 0, ..]) // the priority stands first: this is alias mode
            reader.FailAhead(0, RdataFault.ParameterOfAlias);
        Span<ParameterWord> words = count <= 32 ? stackalloc ParameterWord[count] : new ParameterWord[count];
        for (var i = 0; i < count && !reader.Failed; i++)
            words[i] = ReadKey(ref reader, i);
        words.Sort(static (left, right) => left.Key == right.Key ? left.Index - right.Index : left.Key - right.Key);
        var start = reader.Output.Position;
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            if (i > 0 && words[i].Key == words[i - 1].Key)
                reader.FailAhead(words[i].Index, RdataFault.ParameterTwice);
            ParseValue(ref reader, words[i]);
        }
        if (reader.Failed || reader.Output.Overflowed)
            return;
        if (CheckTogether(reader.Output.Written[start..], out var key) is var fault and not RdataFault.None)
            reader.FailAhead(FindWord(words, key), fault);
        reader.TakeAll();
    }

    public static void Print(ref WireReader reader, StringBuilder output)
    {
        for (var first = true; reader is { Remaining: > 0, Failed: false }; first = false)
        {
            var key = (ServiceKey)reader.ReadUInt16();
            output.Append(first ? "" : " ").Append(ServiceKeyText.Print(key));
            ServiceValue.Print(key, reader.ReadOctets(reader.ReadUInt16()), output);
        }
    }

    /// <summary>True for parameters in alias mode, which a receiver ignores and no text can say (RFC 9460 §2.4.2).</summary>
    public static bool IsAliasWithParameters(RrType type, ReadOnlySpan<byte> rdata)
    {
        if (type.Shape.Fields is not [.., RdataField.ServiceParameters] || rdata is not [0, 0, ..])
            return false;
        Span<NamePlace> places = stackalloc NamePlace[RdataWire.MaxNames];
        RdataWire.FindNames(type, rdata, places);
        return places[0].Offset + places[0].Length < rdata.Length;
    }

    private readonly record struct ParameterWord(ServiceKey Key, bool IsNumbered, int Index);

    private static ParameterWord ReadKey(ref RdataTextReader reader, int index)
    {
        var word = reader.Peek(index);
        var equals = word.IndexOf((byte)'=');
        if (!ServiceKeyText.TryParse(equals < 0 ? word : word[..equals], out var key, out var isNumbered))
            reader.FailAhead(index, RdataFault.ParameterKey);
        return new(key, isNumbered, index);
    }

    private static void ParseValue(ref RdataTextReader reader, ParameterWord parameter)
    {
        if (reader.Failed)
            return;
        var word = reader.Peek(parameter.Index);
        var equals = word.IndexOf((byte)'=');
        var text = equals < 0 ? default : word[(equals + 1)..];
        if (text is [(byte)'"', .. var quoted, (byte)'"'])
            text = quoted;
        Span<byte> plain = text.Length <= 1024 ? stackalloc byte[text.Length] : new byte[text.Length];
        if (!TryUnescape(text, plain, out var length))
        {
            reader.FailAhead(parameter.Index, RdataFault.BadEscape);
            return;
        }
        var start = reader.Output.Position;
        reader.Output.WriteUInt16((ushort)parameter.Key);
        reader.Output.WriteUInt16(0);
        var fault = parameter.IsNumbered ? RdataFault.None : ServiceValue.Parse(parameter.Key, plain[..length], ref reader.Output);
        if (parameter.IsNumbered)
            reader.Output.WriteOctets(plain[..length]);
        if (reader.Output.Overflowed)
            return;
        reader.Output.PatchUInt16(start + 2, (ushort)(reader.Output.Position - start - HeaderOctets));
        if (fault is RdataFault.None)
            fault = ServiceValue.Check(parameter.Key, reader.Output.Written[(start + HeaderOctets)..]);
        if (fault is not RdataFault.None)
            reader.FailAhead(parameter.Index, fault);
    }

    private static bool TryUnescape(ReadOnlySpan<byte> text, scoped Span<byte> plain, out int length)
    {
        length = 0;
        for (var at = 0; at < text.Length;)
        {
            if (!CharacterStringField.TryTakeOctet(text, ref at, out plain[length++]))
                return false;
        }
        return true;
    }

    /// <summary>What one parameter demands of the others: mandatory ones are there, no-default-alpn has alpn beside it.</summary>
    private static RdataFault CheckTogether(ReadOnlySpan<byte> parameters, out ServiceKey at)
    {
        at = ServiceKey.Mandatory;
        if (TryFind(parameters, ServiceKey.Mandatory, out var mandatory))
        {
            for (; !mandatory.IsEmpty; mandatory = mandatory[2..])
            {
                if (!TryFind(parameters, (ServiceKey)BinaryPrimitives.ReadUInt16BigEndian(mandatory), out _))
                    return RdataFault.MandatoryAbsent;
            }
        }
        at = ServiceKey.NoDefaultAlpn;
        return TryFind(parameters, at, out _) && !TryFind(parameters, ServiceKey.Alpn, out _) ? RdataFault.AlpnAbsent : RdataFault.None;
    }

    private static bool TryFind(ReadOnlySpan<byte> parameters, ServiceKey key, out ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(parameters);
        while (reader.Remaining > 0)
        {
            var found = (ServiceKey)reader.ReadUInt16();
            value = reader.ReadOctets(reader.ReadUInt16());
            if (found == key)
                return true;
        }
        value = default;
        return false;
    }

    private static int FindWord(ReadOnlySpan<ParameterWord> words, ServiceKey key)
    {
        foreach (var word in words)
        {
            if (word.Key == key)
                return word.Index;
        }
        return 0;
    }
}
