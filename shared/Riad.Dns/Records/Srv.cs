using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>Where a service is offered.</summary>
/// <param name="Priority">The lowest is tried first.</param>
/// <param name="Weight">The share among servers of one priority.</param>
/// <param name="Port">The service's port.</param>
/// <param name="Target">A host; the root says that the service is not offered.</param>
/// <remarks>
/// <code>
/// Priority    16 bits
/// Weight      16 bits
/// Port        16 bits
/// Target      name, never sent compressed
/// </code>
/// Source: RFC 2782.
/// </remarks>
public sealed record Srv(ushort Priority, ushort Weight, ushort Port, DomainName Target)
{
    internal static readonly RdataShape Shape = new(RdataField.Number16, RdataField.Number16, RdataField.Number16, RdataField.ExpandedName);

    internal static readonly RdataCodec<Srv> Codec = new(Read, static (srv, ref writer) => srv.Write(ref writer));

    private static Srv Read(ref WireReader reader) => new(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), DomainName.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Priority);
        writer.WriteUInt16(Weight);
        writer.WriteUInt16(Port);
        Target.Write(ref writer);
    }
}
