using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.ZoneRepository.Differences;

/// <summary>One record of a zone.</summary>
/// <param name="Owner">In the case of the zone.</param>
/// <param name="Ttl">How long it may be kept.</param>
/// <param name="Type">Tells the fields of the data.</param>
/// <param name="Rdata">Uncompressed and valid for the type.</param>
public sealed record ZoneRecord(DomainName Owner, Ttl Ttl, RrType Type, Octets Rdata)
{
    /// <summary>As one line of a master file.</summary>
    public override string ToString() => ZoneRecordText.Print(this);
}
