using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>One parameter of a service binding.</summary>
/// <param name="Key">What it says.</param>
/// <param name="Value">As it stands on the wire; at most 65535 octets.</param>
/// <remarks>Source: RFC 9460 §2.2.</remarks>
public sealed record ServiceParameter(ServiceKey Key, Octets Value)
{
    internal static ServiceParameter Read(ref WireReader reader) => new((ServiceKey)reader.ReadUInt16(), new(reader.ReadOctets(reader.ReadUInt16())));

    internal void Write(ref WireWriter writer)
    {
        writer.WriteUInt16((ushort)Key);
        writer.WriteUInt16((ushort)Value.Length);
        writer.WriteOctets(Value.Span);
    }
}
