using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>The person who is responsible for a name.</summary>
/// <param name="Mailbox">A mailbox, its first label the local part; the root when there is none.</param>
/// <param name="Text">A name with TXT records that say more; the root when there is none.</param>
/// <remarks>
/// <code>
/// MBOX-DNAME   name
/// TXT-DNAME    name
/// </code>
/// Source: RFC 1183 §2.2.
/// </remarks>
public sealed record Rp(DomainName Mailbox, DomainName Text)
{
    internal static readonly RdataShape Shape = new(RdataField.ExpandedName, RdataField.ExpandedName);

    internal static readonly RdataCodec<Rp> Codec = new(Read, static (rp, ref writer) => rp.Write(ref writer));

    private static Rp Read(ref WireReader reader) => new(DomainName.Read(ref reader), DomainName.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        Mailbox.Write(ref writer);
        Text.Write(ref writer);
    }
}
