using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>The values of the known service parameters.</summary>
/// <remarks>Source: RFC 9460 §7 and §8 and appendix A.1; RFC 9461 §5; RFC 9540 §4; RFC 9848.</remarks>
internal static class ServiceValue
{
    /// <summary>Tells whether octets are a value of the key; of an unknown key all are.</summary>
    public static RdataFault Check(ServiceKey key, ReadOnlySpan<byte> value) => key switch
    {
        ServiceKey.Mandatory => IsMandatory(value) ? RdataFault.None : RdataFault.Mandatory,
        ServiceKey.Alpn => IsAlpn(value) ? RdataFault.None : RdataFault.Alpn,
        ServiceKey.NoDefaultAlpn or ServiceKey.Ohttp => value.IsEmpty ? RdataFault.None : RdataFault.ParameterWithValue,
        ServiceKey.Port => value.Length == 2 ? RdataFault.None : RdataFault.Port,
        ServiceKey.IPv4Hint => value.Length > 0 && value.Length % 4 == 0 ? RdataFault.None : RdataFault.IPv4Hint,
        ServiceKey.Ech => value.Length > 0 ? RdataFault.None : RdataFault.Ech,
        ServiceKey.IPv6Hint => value.Length > 0 && value.Length % 16 == 0 ? RdataFault.None : RdataFault.IPv6Hint,
        ServiceKey.DohPath => IsDohPath(value) ? RdataFault.None : RdataFault.DohPath,
        _ => RdataFault.None,
    };

    /// <summary>Writes the value whose text, its outer escapes undone, is <paramref name="text"/>. <see cref="Check"/> sees to what is left.</summary>
    public static RdataFault Parse(ServiceKey key, scoped Span<byte> text, ref WireWriter output)
    {
        switch (key)
        {
            case ServiceKey.Mandatory: return ParseMandatory(text, ref output);
            case ServiceKey.Alpn: return ParseAlpn(text, ref output);
            case ServiceKey.Port: return ParsePort(text, ref output);
            case ServiceKey.IPv4Hint: return ParseIPv4Hint(text, ref output);
            case ServiceKey.Ech: return ParseEch(text, ref output);
            case ServiceKey.IPv6Hint: return ParseIPv6Hint(text, ref output);
            default:
                output.WriteOctets(text);
                return RdataFault.None;
        }
    }

    /// <summary>Appends "=" and the value, or nothing when there is none.</summary>
    public static void Print(ServiceKey key, ReadOnlySpan<byte> value, StringBuilder output)
    {
        if (value.IsEmpty)
            return;
        output.Append('=');
        var reader = new WireReader(value);
        switch (key)
        {
            case ServiceKey.Mandatory:
                for (; reader.Remaining > 0; AppendComma(reader.Remaining, output))
                    output.Append(ServiceKeyText.Print((ServiceKey)reader.ReadUInt16()));
                break;
            case ServiceKey.Port:
                output.Append(reader.ReadUInt16());
                break;
            case ServiceKey.IPv4Hint:
                for (; reader.Remaining > 0; AppendComma(reader.Remaining, output))
                    output.Append(IPv4Address.Read(ref reader));
                break;
            case ServiceKey.IPv6Hint:
                for (; reader.Remaining > 0; AppendComma(reader.Remaining, output))
                    output.Append(IPv6Address.Read(ref reader));
                break;
            case ServiceKey.Ech:
                output.Append(Convert.ToBase64String(value));
                break;
            case ServiceKey.Alpn:
                PrintAlpn(ref reader, output);
                break;
            case ServiceKey.NoDefaultAlpn or ServiceKey.DohPath or ServiceKey.Ohttp or ServiceKey.Invalid:
            default:
                CharacterStringField.PrintQuoted(value, output);
                break;
        }
    }

    private static void AppendComma(int remaining, StringBuilder output) => output.Append(remaining > 0 ? "," : "");

    private static bool IsMandatory(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length % 2 != 0)
            return false;
        for (var previous = (int)ServiceKey.Mandatory; !value.IsEmpty; value = value[2..])
        {
            int key = BinaryPrimitives.ReadUInt16BigEndian(value);
            if (key <= previous) // ascending, none twice, and mandatory itself (0) not among them
                return false;
            previous = key;
        }
        return true;
    }

    private static bool IsAlpn(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return false;
        while (!value.IsEmpty)
        {
            if (value[0] == 0 || value[0] >= value.Length)
                return false;
            value = value[(value[0] + 1)..];
        }
        return true;
    }

    /// <summary>A path in UTF-8 with the variable dns in an expression. Source: RFC 9461 §5, RFC 6570.</summary>
    private static bool IsDohPath(ReadOnlySpan<byte> value)
    {
        if (value is not [(byte)'/', ..] || !Utf8.IsValid(value))
            return false;
        var rest = value;
        while (rest.IndexOf((byte)'{') is var open and >= 0)
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOf((byte)'}');
            if (close < 0)
                return false;
            if (HasVariable(rest[..close]))
                return true;
            rest = rest[(close + 1)..];
        }
        return false;
    }

    private static bool HasVariable(ReadOnlySpan<byte> expression)
    {
        if (expression is [(byte)'?' or (byte)'&' or (byte)'/' or (byte)'#' or (byte)'+' or (byte)'.' or (byte)';', ..])
            expression = expression[1..];
        foreach (var range in expression.Split((byte)','))
        {
            var variable = expression[range];
            if (variable.SequenceEqual("dns"u8) || variable.SequenceEqual("dns*"u8))
                return true;
        }
        return false;
    }

    private static RdataFault ParseMandatory(scoped ReadOnlySpan<byte> text, ref WireWriter output)
    {
        var count = text.Count((byte)',') + 1;
        Span<ushort> keys = count <= 64 ? stackalloc ushort[count] : new ushort[count];
        var at = 0;
        foreach (var range in text.Split((byte)','))
        {
            if (!ServiceKeyText.TryParse(text[range], out var key, out _))
                return RdataFault.Mandatory;
            keys[at++] = (ushort)key;
        }
        keys.Sort();
        foreach (var key in keys)
            output.WriteUInt16(key);
        return RdataFault.None;
    }

    /// <summary>Commas separate; a backslash before a comma or a backslash makes it part of the name (RFC 9460 appendix A.1).</summary>
    private static RdataFault ParseAlpn(scoped ReadOnlySpan<byte> text, ref WireWriter output)
    {
        var length = StartName(ref output);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == ',')
            {
                if (!TryEndName(length, ref output))
                    return RdataFault.Alpn;
                length = StartName(ref output);
                continue;
            }
            if (text[at] == '\\' && (++at == text.Length || text[at] is not ((byte)',' or (byte)'\\')))
                return RdataFault.Alpn;
            output.WriteByte(text[at]);
        }
        return TryEndName(length, ref output) ? RdataFault.None : RdataFault.Alpn;
    }

    private static int StartName(ref WireWriter output)
    {
        output.WriteByte(0);
        return output.Position - 1;
    }

    private static bool TryEndName(int start, ref WireWriter output)
    {
        if (output.Overflowed)
            return true; // said later, once for all
        var length = output.Position - start - 1;
        output.WrittenForPatching[start] = (byte)length;
        return length is > 0 and <= byte.MaxValue;
    }

    private static RdataFault ParsePort(scoped ReadOnlySpan<byte> text, ref WireWriter output)
    {
        if (!NumberField.TryParse(text, ushort.MaxValue, out var port))
            return RdataFault.Port;
        output.WriteUInt16((ushort)port);
        return RdataFault.None;
    }

    private static RdataFault ParseIPv4Hint(scoped ReadOnlySpan<byte> text, ref WireWriter output)
    {
        foreach (var range in text.Split((byte)','))
        {
            if (!IPv4Address.TryParse(text[range], out var address))
                return RdataFault.IPv4Hint;
            address.Write(ref output);
        }
        return RdataFault.None;
    }

    private static RdataFault ParseIPv6Hint(scoped ReadOnlySpan<byte> text, ref WireWriter output)
    {
        foreach (var range in text.Split((byte)','))
        {
            if (!IPv6Address.TryParse(text[range], out var address))
                return RdataFault.IPv6Hint;
            address.Write(ref output);
        }
        return RdataFault.None;
    }

    private static RdataFault ParseEch(scoped Span<byte> text, ref WireWriter output)
    {
        if (Base64.DecodeFromUtf8InPlace(text, out var length) is not System.Buffers.OperationStatus.Done)
            return RdataFault.Ech;
        output.WriteOctets(text[..length]);
        return RdataFault.None;
    }

    private static void PrintAlpn(ref WireReader reader, StringBuilder output)
    {
        output.Append('"');
        for (; reader.Remaining > 0; AppendComma(reader.Remaining, output))
        {
            foreach (var octet in reader.ReadOctets(reader.ReadByte()))
            {
                if (octet is (byte)',')
                    output.Append("\\\\,");
                else if (octet is (byte)'\\')
                    output.Append("\\\\\\\\");
                else
                    CharacterStringField.PrintOctet(octet, output);
            }
        }
        output.Append('"');
    }
}
