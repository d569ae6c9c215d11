using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>A URI for a service: the data of a URI record.</summary>
/// <param name="Priority">The lowest is tried first.</param>
/// <param name="Weight">The share among URIs of one priority.</param>
/// <param name="Target">The URI's octets; at least one.</param>
/// <remarks>
/// <code>
/// Priority     16 bits
/// Weight       16 bits
/// Target       to the end
/// </code>
/// Source: RFC 7553 §4.
/// </remarks>
public sealed record UriTarget(ushort Priority, ushort Weight, Octets Target)
{
    internal static readonly RdataShape Shape = new(RdataField.Number16, RdataField.Number16, RdataField.NonEmptyQuotedRest);

    internal static readonly RdataCodec<UriTarget> Codec = new(Read, static (uriTarget, ref writer) => uriTarget.Write(ref writer));

    private static UriTarget Read(ref WireReader reader) => new(reader.ReadUInt16(), reader.ReadUInt16(), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Priority);
        writer.WriteUInt16(Weight);
        writer.WriteOctets(Target.Span);
    }
}
