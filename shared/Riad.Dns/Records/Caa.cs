using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>Who may issue certificates for a name.</summary>
/// <param name="Flags">Bit 0 (128) critical.</param>
/// <param name="Tag">Letters and digits: issue, issuewild, iodef, ...</param>
/// <param name="Value">As the tag says; may be empty.</param>
/// <remarks>
/// <code>
/// Flags         8 bits
/// Tag          length, 1 to 255 octets
/// Value        to the end
/// </code>
/// Source: RFC 8659 §4.1.
/// </remarks>
public sealed record Caa(byte Flags, CharacterString Tag, Octets Value)
{
    internal static readonly RdataShape Shape = new(RdataField.Number8, RdataField.Tag, RdataField.QuotedRest);

    internal static readonly RdataCodec<Caa> Codec = new(Read, static (caa, ref writer) => caa.Write(ref writer));

    private static Caa Read(ref WireReader reader) => new(reader.ReadByte(), CharacterString.Read(ref reader), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteByte(Flags);
        Tag.Write(ref writer);
        writer.WriteOctets(Value.Span);
    }
}
