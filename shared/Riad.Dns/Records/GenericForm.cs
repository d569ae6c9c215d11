using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>Record data as \# LENGTH HEX, which suits every type.</summary>
/// <remarks>Source: RFC 3597 §5.</remarks>
internal static class GenericForm
{
    public static bool IsNext(ref RdataTextReader reader, ReadOnlySpan<MasterToken> tokens) =>
        tokens is [{ Length: 2, Quoted: false }, ..] && reader.Peek(0).SequenceEqual("\\#"u8);

    public static void Parse(RrType type, ref RdataTextReader reader)
    {
        reader.Take(RdataFault.GenericLength);
        if (!NumberField.TryParse(reader.Take(RdataFault.GenericLength), ushort.MaxValue, out var count))
            reader.Fail(RdataFault.GenericLength);
        if (reader.Failed)
            return;
        if (count > 0 || !reader.AtEnd)
            HexField.ParseRest(ref reader);
        if (reader.Failed)
            return;
        if (reader.Output.Position != count)
            reader.Fail(RdataFault.GenericCount);
        else if (!RdataWire.TryValidate(type, reader.Output.Written, out _))
            reader.Fail(RdataFault.GenericMalformed);
    }

    /// <summary>What comes of words in another form for a type whose fields are not known.</summary>
    public static void Refuse(ref RdataTextReader reader)
    {
        reader.Take(RdataFault.GenericLength);
        reader.Fail(RdataFault.GenericOnly);
    }

    public static void Print(ReadOnlySpan<byte> rdata, StringBuilder output)
    {
        output.Append(CultureInfo.InvariantCulture, $"\\# {rdata.Length}");
        if (!rdata.IsEmpty)
            output.Append(' ').Append(Convert.ToHexString(rdata));
    }
}
