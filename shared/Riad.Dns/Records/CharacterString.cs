using System.Text;
using Riad.Core;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>A string of at most 255 octets of any value.</summary>
/// <remarks>Source: RFC 1035 §3.3. The default is the empty string.</remarks>
public readonly record struct CharacterString
{
    private CharacterString(ReadOnlySpan<byte> octets) => Octets = new(octets);

    /// <summary>The content; 0 to 255 octets.</summary>
    public Octets Octets { get; }

    /// <summary>Takes at most 255 octets.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> octets, out CharacterString text)
    {
        var good = octets.Length <= byte.MaxValue;
        text = good ? new(octets) : default;
        return good;
    }

    /// <summary>Reads a length octet and that many octets.</summary>
    public static CharacterString Read(ref WireReader reader) => new(reader.ReadOctets(reader.ReadByte()));

    /// <summary>Writes a length octet and the octets.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteByte((byte)Octets.Length);
        writer.WriteOctets(Octets.Span);
    }

    /// <summary>In quotes, as a master file has it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        CharacterStringField.PrintQuoted(Octets.Span, text);
        return text.ToString();
    }
}
