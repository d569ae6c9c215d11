using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>A server of an AFS or DCE cell.</summary>
/// <param name="Subtype">1 is an AFS version 3.0 location service, 2 a DCE naming service.</param>
/// <param name="Host">The server.</param>
/// <remarks>
/// <code>
/// SUBTYPE      16 bits
/// HOSTNAME     name
/// </code>
/// Source: RFC 1183 §1.
/// </remarks>
public sealed record Afsdb(ushort Subtype, DomainName Host)
{
    internal static readonly RdataShape Shape = new(RdataField.Number16, RdataField.ExpandedName);

    internal static readonly RdataCodec<Afsdb> Codec = new(Read, static (afsdb, ref writer) => afsdb.Write(ref writer));

    private static Afsdb Read(ref WireReader reader) => new(reader.ReadUInt16(), DomainName.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Subtype);
        Host.Write(ref writer);
    }
}
