using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.MasterFiles;

/// <summary>A whole zone as a master file, one record a line, and back: for copies of zones that somebody else has checked.</summary>
/// <remarks>The SOA comes first, then the names in the order in which the zone stores them. Every name is absolute. Source: RFC 1035 §5.1.</remarks>
public static class WholeZoneText
{
    /// <summary>The longest text that reads back.</summary>
    public const long MaxOctets = IncludeLimits.TotalOctets;

    /// <summary>Prints a zone.</summary>
    /// <param name="zone">Any zone.</param>
    /// <param name="text">UTF-8; empty on failure.</param>
    /// <returns>False when the text would be longer than <see cref="MaxOctets"/>.</returns>
    public static bool TryPrint(Zone zone, out ReadOnlyMemory<byte> text)
    {
        ArgumentNullException.ThrowIfNull(zone);
        text = default;
        var octets = new ArrayBufferWriter<byte>();
        var line = new StringBuilder();
        var scratch = new byte[RdataWire.MaxLength];
        var isApex = true;
        foreach (var node in zone.Nodes) // the apex comes first
        {
            var owner = node.Owner.ToString();
            if (isApex && node.TryFind(RrTypes.Soa.Code, out var soa))
                Print(owner, soa, scratch, line, octets);
            foreach (var set in node.Sets)
            {
                if (set.Type != RrTypes.Soa.Code)
                    Print(owner, set, scratch, line, octets);
            }
            isApex = false;
            if (octets.WrittenCount > MaxOctets)
                return false;
        }
        text = octets.WrittenMemory;
        return true;
    }

    /// <summary>Reads a zone without judging it: beside what no zone can be made of, everything is taken as it stands.</summary>
    /// <param name="fileName">For positions, as a person would write it.</param>
    /// <param name="text">The whole file; it can include no other.</param>
    /// <param name="apex">The zone's name.</param>
    /// <param name="zone">Null on failure.</param>
    /// <param name="error">The first fault; null on success.</param>
    public static bool TryRead(string fileName, ReadOnlySpan<byte> text, DomainName apex, [NotNullWhen(true)] out Zone? zone, [NotNullWhen(false)] out ZoneError? error)
    {
        ArgumentNullException.ThrowIfNull(apex);
        var faults = new ZoneFaults();
        var sink = new Sink(new(apex));
        new MasterFileReader(NoIncludes.Instance, sink, faults).Read(fileName, text, apex.Wire);
        if (!faults.HasErrors && (sink.SoaCount != 1 || sink.IsForeign))
        {
            var fault = sink.IsForeign ? ZoneFault.OutOfZone : sink.SoaCount == 0 ? ZoneFault.SoaMissing : ZoneFault.SeveralSoa;
            faults.Add(new(fileName, 1, 1), fault, sink.IsForeign ? "a record lies outside of the zone" : "the zone has not one SOA record");
        }
        error = faults.HasErrors ? faults.Errors[0] : null;
        zone = error is null ? sink.Builder.Build() : null;
        return zone is not null;
    }

    private static void Print(string owner, RecordSetView set, byte[] scratch, StringBuilder line, ArrayBufferWriter<byte> into)
    {
        var type = RrTypes.FromCode(set.Type);
        foreach (var rdata in set.Rdatas(scratch))
        {
            line.Clear().Append(owner).Append(CultureInfo.InvariantCulture, $" {set.TtlOf(rdata)} IN {type} ");
            RdataText.Print(type, rdata, line);
            line.Append('\n');
            foreach (var chunk in line.GetChunks())
                Encoding.UTF8.GetBytes(chunk.Span, into);
        }
    }

    private sealed class Sink(ZoneBuilder builder) : IRecordSink
    {
        public ZoneBuilder Builder => builder;

        public int SoaCount { get; private set; }

        /// <summary>True when a record does not belong to the zone.</summary>
        public bool IsForeign { get; private set; }

        public void Add(in MasterRecord record)
        {
            if (record.Type == RrTypes.Soa)
            {
                SoaCount++;
                IsForeign |= !NameOctets.AreEqual(record.Owner, builder.Apex.Wire);
            }
            if (SoaCount <= 1)
                IsForeign |= !builder.Add(record.Owner, record.Type, record.Ttl, record.Rdata);
        }
    }
}
