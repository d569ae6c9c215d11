using System.Diagnostics;
using System.Text;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>Record data as text: reads the words of a master file into octets, and prints octets.</summary>
/// <remarks>Source: RFC 1035 §5.1, RFC 3597 §5, and the RFC of each type.</remarks>
public static class RdataText
{
    private const int EuiOctets48 = 6;
    private const int EuiOctets64 = 8;

    /// <summary>Reads the data of one record into uncompressed octets.</summary>
    /// <param name="type">Tells the fields. Data of every type can also be written in the generic form \# LENGTH HEX.</param>
    /// <param name="text">What the tokens point into.</param>
    /// <param name="tokens">The words after the type.</param>
    /// <param name="originWire">Completes relative names and stands for "@"; empty when there is none.</param>
    /// <param name="rdata">Receives the octets; 65535 are enough for all.</param>
    /// <param name="length">Octets written; 0 on failure.</param>
    /// <param name="error">The first fault; the default on success.</param>
    /// <remarks>What is read is valid by <see cref="RdataWire.TryValidate"/>. Allocates nothing on success, but for service parameters over 1024 octets.</remarks>
    public static bool TryParse(
        RrType type, ReadOnlySpan<byte> text, ReadOnlySpan<MasterToken> tokens, ReadOnlySpan<byte> originWire,
        Span<byte> rdata, out int length, out RdataError error)
    {
        var reader = new RdataTextReader(text, tokens, originWire, rdata[..Math.Min(rdata.Length, RdataWire.MaxLength)]);
        if (GenericForm.IsNext(ref reader, tokens))
            GenericForm.Parse(type, ref reader);
        else
        {
            foreach (var field in type.Shape.Fields)
                Parse(field, ref reader);
        }
        if (!reader.AtEnd)
            reader.FailAhead(0, RdataFault.Extra);
        if (!reader.Failed && reader.Output.Overflowed)
            reader.FailAhead(-tokens.Length, RdataFault.TooLong);
        error = reader.Error;
        length = reader.Failed ? 0 : reader.Output.Position;
        return !reader.Failed;
    }

    /// <summary>Appends the data as one line that BIND, Knot and NSD read, and that reads back to the same octets.</summary>
    /// <param name="type">Tells the fields.</param>
    /// <param name="rdata">Uncompressed. What is not valid for the type is printed in the generic form.</param>
    /// <param name="output">Receives the text; names are absolute.</param>
    public static void Print(RrType type, ReadOnlySpan<byte> rdata, StringBuilder output)
    {
        if (!RdataWire.TryValidate(type, rdata, out _) || ServiceParametersField.IsAliasWithParameters(type, rdata))
        {
            GenericForm.Print(rdata, output);
            return;
        }
        var start = output.Length;
        var reader = new WireReader(rdata);
        foreach (var field in type.Shape.Fields)
        {
            if (output.Length > start && output[^1] != ' ')
                output.Append(' ');
            Print(field, ref reader, output);
        }
        if (output.Length > start && output[^1] == ' ')
            output.Length--; // an empty last field, such as no types or no parameters
    }

    private static void Parse(RdataField field, ref RdataTextReader reader)
    {
        switch (field)
        {
            case RdataField.IPv4: AddressField.ParseIPv4(ref reader); break;
            case RdataField.IPv6: AddressField.ParseIPv6(ref reader); break;
            case RdataField.Number8: NumberField.Parse8(ref reader); break;
            case RdataField.Number16: NumberField.Parse16(ref reader); break;
            case RdataField.Number32: NumberField.Parse32(ref reader); break;
            case RdataField.Period: NumberField.ParsePeriod(ref reader); break;
            case RdataField.CompressedName or RdataField.ExpandedName or RdataField.FoldedName or RdataField.Name: NameField.Parse(ref reader); break;
            case RdataField.CharacterString: CharacterStringField.Parse(ref reader); break;
            case RdataField.Tag: CharacterStringField.ParseTag(ref reader); break;
            case RdataField.Salt: HexField.ParseSalt(ref reader); break;
            case RdataField.Base32Hash: Base32Field.Parse(ref reader); break;
            case RdataField.TypeCode: MnemonicField.ParseType(ref reader); break;
            case RdataField.CertificateType: MnemonicField.ParseCertificateType(ref reader); break;
            case RdataField.Algorithm: MnemonicField.ParseAlgorithm(ref reader); break;
            case RdataField.Time: TimeField.Parse(ref reader); break;
            case RdataField.Eui48: HexField.ParseEui(ref reader, EuiOctets48, RdataFault.Eui48); break;
            case RdataField.Eui64: HexField.ParseEui(ref reader, EuiOctets64, RdataFault.Eui64); break;
            case RdataField.Location: LocationField.Parse(ref reader); break;
            default: ParseToEnd(field, ref reader); break;
        }
    }

    private static void ParseToEnd(RdataField field, ref RdataTextReader reader)
    {
        switch (field)
        {
            case RdataField.CharacterStrings: CharacterStringField.ParseAll(ref reader); break;
            case RdataField.QuotedRest: CharacterStringField.ParseRest(ref reader, allowEmpty: true); break;
            case RdataField.NonEmptyQuotedRest: CharacterStringField.ParseRest(ref reader, allowEmpty: false); break;
            case RdataField.HexRest: HexField.ParseRest(ref reader); break;
            case RdataField.DelegationDigest or RdataField.KeyFingerprint or RdataField.ZoneDigest: HexField.ParseDigest(field, ref reader); break;
            case RdataField.Base64Rest: Base64Field.Parse(ref reader); break;
            case RdataField.Base64RestOrZero: Base64Field.ParseOrZero(ref reader); break;
            case RdataField.TypeBitmap: TypeBitmapField.Parse(ref reader, allowEmpty: false); break;
            case RdataField.OptionalTypeBitmap: TypeBitmapField.Parse(ref reader, allowEmpty: true); break;
            case RdataField.ServiceParameters: ServiceParametersField.Parse(ref reader); break;
            case RdataField.Opaque: GenericForm.Refuse(ref reader); break;
            default: throw new UnreachableException();
        }
    }

    private static void Print(RdataField field, ref WireReader reader, StringBuilder output)
    {
        switch (field)
        {
            case RdataField.IPv4: output.Append(IPv4Address.Read(ref reader)); break;
            case RdataField.IPv6: output.Append(IPv6Address.Read(ref reader)); break;
            case RdataField.Number8 or RdataField.Algorithm: output.Append(reader.ReadByte()); break;
            case RdataField.Number16: output.Append(reader.ReadUInt16()); break;
            case RdataField.Number32 or RdataField.Period: output.Append(reader.ReadUInt32()); break;
            case RdataField.CompressedName or RdataField.ExpandedName or RdataField.FoldedName or RdataField.Name: NameField.Print(ref reader, output); break;
            case RdataField.CharacterString: CharacterStringField.Print(ref reader, output); break;
            case RdataField.Tag: output.Append(Encoding.ASCII.GetString(reader.ReadOctets(reader.ReadByte()))); break;
            case RdataField.Salt: HexField.PrintSalt(ref reader, output); break;
            case RdataField.Base32Hash: Base32Field.Print(ref reader, output); break;
            case RdataField.TypeCode: output.Append(RrTypes.Print(reader.ReadUInt16())); break;
            case RdataField.CertificateType: MnemonicField.PrintCertificateType(ref reader, output); break;
            case RdataField.Time: TimeField.Print(ref reader, output); break;
            case RdataField.Eui48: HexField.PrintEui(reader.ReadOctets(EuiOctets48), output); break;
            case RdataField.Eui64: HexField.PrintEui(reader.ReadOctets(EuiOctets64), output); break;
            case RdataField.Location: LocationField.Print(ref reader, output); break;
            default: PrintToEnd(field, ref reader, output); break;
        }
    }

    private static void PrintToEnd(RdataField field, ref WireReader reader, StringBuilder output)
    {
        switch (field)
        {
            case RdataField.CharacterStrings: CharacterStringField.PrintAll(ref reader, output); break;
            case RdataField.QuotedRest or RdataField.NonEmptyQuotedRest: CharacterStringField.PrintQuoted(reader.ReadRest(), output); break;
            case RdataField.HexRest or RdataField.DelegationDigest or RdataField.KeyFingerprint or RdataField.ZoneDigest: output.Append(Convert.ToHexString(reader.ReadRest())); break;
            case RdataField.Base64Rest or RdataField.Base64RestOrZero: output.Append(Convert.ToBase64String(reader.ReadRest())); break;
            case RdataField.TypeBitmap or RdataField.OptionalTypeBitmap: TypeBitmapField.Print(ref reader, output); break;
            case RdataField.ServiceParameters: ServiceParametersField.Print(ref reader, output); break;
            case RdataField.Opaque: GenericForm.Print(reader.ReadRest(), output); break;
            default: throw new UnreachableException();
        }
    }
}
