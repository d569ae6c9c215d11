using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>A mail exchange.</summary>
/// <param name="Preference">The lowest is tried first.</param>
/// <param name="Exchange">A host; the root says that no mail is accepted (RFC 7505).</param>
/// <remarks>Source: RFC 1035 §3.3.9.</remarks>
public sealed record Mx(ushort Preference, DomainName Exchange)
{
    internal static readonly RdataShape Shape = new(RdataField.Number16, RdataField.CompressedName);

    internal static readonly RdataCodec<Mx> Codec = new(Read, static (mx, ref writer) => mx.Write(ref writer));

    private static Mx Read(ref WireReader reader) => new(reader.ReadUInt16(), DomainName.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Preference);
        Exchange.Write(ref writer);
    }
}
