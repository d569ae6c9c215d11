using System.Text;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records.Fields;

/// <summary>Domain names.</summary>
internal static class NameField
{
    public static bool IsName(RdataField field) =>
        field is RdataField.CompressedName or RdataField.ExpandedName or RdataField.FoldedName or RdataField.Name;

    public static void Validate(ref WireReader reader)
    {
        if (reader.Failed)
            return;
        if (NameOctets.TryMeasure(reader.Message[reader.Position..reader.End], out var length))
            reader.ReadOctets(length);
        else
            reader.Fail(WireFault.Malformed);
    }

    public static void Parse(ref RdataTextReader reader)
    {
        var word = reader.Take(RdataFault.Name);
        if (reader.Failed)
            return;
        if (word is [(byte)'@'] && !reader.WasQuoted)
            WriteOrigin(ref reader);
        else if (reader.Output.Room >= NameOctets.MaxLength)
            ParseInPlace(word, ref reader);
        else
            ParseInto(stackalloc byte[NameOctets.MaxLength], word, ref reader);
    }

    public static void Print(ref WireReader reader, StringBuilder output)
    {
        NameOctets.TryMeasure(reader.Message[reader.Position..reader.End], out var length);
        NameText.Print(reader.ReadOctets(length), output);
    }

    private static void WriteOrigin(ref RdataTextReader reader)
    {
        if (reader.Origin.IsEmpty)
            reader.Fail(RdataFault.Name, NameFault.NotAbsolute);
        else
            reader.Output.WriteOctets(reader.Origin);
    }

    private static void ParseInPlace(ReadOnlySpan<byte> word, ref RdataTextReader reader)
    {
        var start = reader.Output.Position;
        if (!NameText.TryParse(word, reader.Origin, reader.Output.Reserve(NameOctets.MaxLength), out var length, out var fault))
            reader.Fail(RdataFault.Name, fault);
        reader.Output.CutBack(start + length);
    }

    private static void ParseInto(scoped Span<byte> wire, ReadOnlySpan<byte> word, ref RdataTextReader reader)
    {
        if (NameText.TryParse(word, reader.Origin, wire, out var length, out var fault))
            reader.Output.WriteOctets(wire[..length]);
        else
            reader.Fail(RdataFault.Name, fault);
    }
}
