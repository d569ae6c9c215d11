using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>The start of a zone of authority.</summary>
/// <param name="PrimaryServer">MNAME: the primary name server.</param>
/// <param name="ResponsibleMailbox">RNAME: a mailbox, its first label the local part.</param>
/// <param name="Serial">The zone's version.</param>
/// <param name="Refresh">Seconds until a secondary asks for the serial again.</param>
/// <param name="Retry">Seconds until it asks again after a failure.</param>
/// <param name="Expire">Seconds until it stops serving without contact.</param>
/// <param name="NegativeTtl">MINIMUM: seconds for which a negative answer may be kept.</param>
/// <remarks>Source: RFC 1035 §3.3.13, RFC 2308 §4.</remarks>
public sealed record Soa(DomainName PrimaryServer, DomainName ResponsibleMailbox, Serial Serial, uint Refresh, uint Retry, uint Expire, uint NegativeTtl)
{
    internal static readonly RdataShape Shape = new(
        RdataField.CompressedName, RdataField.CompressedName, RdataField.Number32,
        RdataField.Period, RdataField.Period, RdataField.Period, RdataField.Period);

    internal static readonly RdataCodec<Soa> Codec = new(Read, static (soa, ref writer) => soa.Write(ref writer));

    private static Soa Read(ref WireReader reader) => new(
        DomainName.Read(ref reader), DomainName.Read(ref reader), new(reader.ReadUInt32()),
        reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());

    private void Write(ref WireWriter writer)
    {
        PrimaryServer.Write(ref writer);
        ResponsibleMailbox.Write(ref writer);
        foreach (var field in (ReadOnlySpan<uint>)[Serial.Value, Refresh, Retry, Expire, NegativeTtl])
            writer.WriteUInt32(field);
    }
}
