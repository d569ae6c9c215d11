using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>The next name of a signed zone, and the types of this one.</summary>
/// <param name="NextName">In canonical order; the apex after the last. Keeps its case in canonical form (RFC 6840 §5.1).</param>
/// <param name="Types">Numbers of types, ascending, at least one.</param>
/// <remarks>
/// <code>
/// Next Domain Name  name, never sent compressed
/// Type Bit Maps     to the end
/// </code>
/// Source: RFC 4034 §4.1.
/// </remarks>
public sealed record Nsec(DomainName NextName, Seq<ushort> Types)
{
    internal static readonly RdataShape Shape = new(RdataField.Name, RdataField.TypeBitmap);

    internal static readonly RdataCodec<Nsec> Codec = new(Read, static (nsec, ref writer) => nsec.Write(ref writer));

    private static Nsec Read(ref WireReader reader) => new(DomainName.Read(ref reader), TypeBitmapField.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        NextName.Write(ref writer);
        TypeBitmapField.Write(Types.AsSpan(), ref writer);
    }
}
