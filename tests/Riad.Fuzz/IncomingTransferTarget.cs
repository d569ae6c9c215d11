using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Client;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.Fuzz;

/// <summary>Answers to AXFR and IXFR, as they lie in a stream: a transfer that finishes has made a version that is newer, or none.</summary>
internal sealed class IncomingTransferTarget : IFuzzTarget
{
    private const ushort Id = 7;

    private static readonly DomainName Apex = Parse("example.org");

    private readonly Zone present = Build();
    private readonly TransferLimits limits = new() { MaxRecords = 1000 };
    private readonly byte[] buffer = new byte[Message.MaxLength];

    public string Name => "incoming-transfer";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            var (www, version) = (Address("www", 2), ResourceRecord.Create(Parse("version.example.org"), RrTypes.Txt, new(1), RrTypes.Txt.Codec.FromOctets([1, (byte)'2'])));
            var entry = ResourceRecord.Create(Parse("a.zones.example.org"), RrTypes.Ptr, new(1), Parse("one.test"));
            yield return [.. Frame(QueryTypes.Axfr, Soa(6), www), .. Frame(QueryTypes.Axfr, Address("mail", 3), Soa(6))];
            yield return Frame(QueryTypes.Axfr, Soa(6), version, entry, Soa(6));
            yield return Frame(QueryTypes.Ixfr, Soa(5));
            yield return Frame(QueryTypes.Ixfr, Soa(6), Soa(5), Address("www", 1), Soa(6), www, Soa(6));
            yield return [.. Frame(QueryTypes.Ixfr, Soa(7), Soa(5), Soa(6)), .. Frame(QueryTypes.Ixfr, www, Soa(6), www, Soa(7), Soa(7))];
            yield return Frame(RrTypes.Soa.Code, Soa(6));
        }
    }

    public void Run(ReadOnlySpan<byte> octets)
    {
        Take(IncomingTransfer.OfWhole(Apex, Id, present: null, limits), octets);
        Take(IncomingTransfer.OfWhole(Apex, Id, present, limits), octets);
        Take(IncomingTransfer.OfDifferences(present, Id, limits), octets);
        if (octets.Length > 2)
        {
            TransferAnswer.TryReadSoa(octets[2..], Id, Apex, out _, out _);
            ExpireOption.TryFind(octets[2..], out _);
        }
    }

    private void Take(IncomingTransfer transfer, ReadOnlySpan<byte> octets)
    {
        var progress = TransferProgress.More;
        while (octets.Length >= 2 && progress is TransferProgress.More)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(octets), octets.Length - 2);
            progress = transfer.Take(octets.Slice(2, length));
            octets = octets[(2 + length)..];
        }
        if (progress is not TransferProgress.Finished)
            return;
        var next = transfer.Result switch
        {
            TransferResult.Whole(var zone, _) => zone,
            TransferResult.Differences(var zone, _, _) => zone,
            _ => present,
        };
        if (next.Apex != Apex)
            throw new InvalidOperationException($"the zone became {next.Apex}");
        CatalogReader.TryRead(next, 10, out _, out _);
    }

    private byte[] Frame(ushort type, params Seq<ResourceRecord> records)
    {
        var message = new Message(Id, HeaderBits.Response | HeaderBits.Authoritative, Opcode.Query, ResponseCode.NoError, [new(Apex, type, RecordClass.Internet)], records, [], [], Edns: null);
        return message.TryWrite(buffer, out var length) ? [(byte)(length >> 8), (byte)length, .. buffer[..length]] : throw new InvalidOperationException("a seed is too long");
    }

    private static Zone Build()
    {
        var builder = new ZoneBuilder(Apex);
        foreach (var record in (ResourceRecord[])[Soa(5), Address("www", 1)])
            builder.Add(record.Owner.Wire, RrTypes.FromCode(record.Type), record.Ttl.Seconds, record.Rdata.Span);
        return builder.Build();
    }

    private static ResourceRecord Soa(uint serial) => ResourceRecord.Create(Apex, RrTypes.Soa, new(300), new Soa(Apex, Apex, new(serial), 1, 2, 3, 4));

    private static ResourceRecord Address(string label, uint address) => ResourceRecord.Create(Parse($"{label}.example.org"), RrTypes.A, new(300), new IPv4Address(address));

    private static DomainName Parse(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);
}
