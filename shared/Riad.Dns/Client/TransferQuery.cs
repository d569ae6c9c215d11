using System.Diagnostics;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Zones;

namespace Riad.Dns.Client;

/// <summary>Writes what a secondary asks its primary.</summary>
/// <remarks>Source: RFC 1034 §4.3.5, RFC 5936 §2.1, RFC 1995 §3, RFC 7314 §4.</remarks>
public static class TransferQuery
{
    /// <summary>Octets that are always enough for a query without its signature.</summary>
    public const int MaxLength = Header.Length + (3 * NameOctets.MaxLength) + 64;

    /// <summary>Writes a query.</summary>
    /// <param name="buffer">At least <see cref="MaxLength"/> octets.</param>
    /// <param name="id">Unpredictable.</param>
    /// <param name="apex">The zone's name.</param>
    /// <param name="step">What is asked for.</param>
    /// <param name="present">The version that we have: for differences, never null.</param>
    /// <param name="asksExpire">True to ask with EDNS for how long the zone still lives at the primary.</param>
    /// <returns>Octets written.</returns>
    public static int Write(Span<byte> buffer, ushort id, DomainName apex, RefreshStep step, Zone? present, bool asksExpire)
    {
        ArgumentNullException.ThrowIfNull(apex);
        var writer = new MessageWriter(buffer);
        var good = writer.TryWriteQuestion(apex.Wire, TypeOf(step), RecordClass.Internet);
        if (step is RefreshStep.Incremental)
        {
            ArgumentNullException.ThrowIfNull(present);
            good &= writer.TryWriteRecord(Section.Authority, apex.Wire, RrTypes.Soa, RecordClass.Internet, 0, RrTypes.Soa.Codec.ToOctets(present.Soa).Span);
        }
        if (asksExpire)
            good &= writer.TryWriteOpt(Edns.UsualUdpSize, version: 0, isDnssecOk: false, ResponseCode.NoError, ExpireOption.Question);
        return good ? writer.Finish(id, HeaderBits.None, Opcode.Query, ResponseCode.NoError) : throw new UnreachableException();
    }

    private static ushort TypeOf(RefreshStep step) => step switch
    {
        RefreshStep.Check => RrTypes.Soa.Code,
        RefreshStep.Incremental => QueryTypes.Ixfr,
        RefreshStep.Whole => QueryTypes.Axfr,
    };
}
