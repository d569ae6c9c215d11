using System.Collections.Immutable;
using Riad.Dns.Messages;
using Riad.Dns.Records;

namespace Riad.Dns.Transfers.Incoming;

/// <summary>One difference of an incremental transfer: from one version of a zone to a later one.</summary>
/// <param name="OldSoa">The SOA record of the version that it applies to.</param>
/// <param name="NewSoa">The SOA record of the version that it makes.</param>
/// <param name="Removed">Records that go, without the SOA, in the order in which they came.</param>
/// <param name="Added">Records that come, without the SOA, in the order in which they came.</param>
/// <remarks>Source: RFC 1995 §4.</remarks>
public sealed record ZoneStep(ResourceRecord OldSoa, ResourceRecord NewSoa, ImmutableArray<ResourceRecord> Removed, ImmutableArray<ResourceRecord> Added)
{
    /// <summary>Where it begins.</summary>
    public Serial From => SerialOf(OldSoa);

    /// <summary>Where it ends.</summary>
    public Serial To => SerialOf(NewSoa);

    internal static Serial SerialOf(ResourceRecord soa) => RrTypes.Soa.Codec.FromOctets(soa.Rdata.Span).Serial;
}
