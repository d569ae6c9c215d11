using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Outgoing;
using Riad.Dns.Zones;

namespace Riad.Fuzz;

/// <summary>A request for a zone: whatever its octets, the answer is messages that can be read, and ends.</summary>
internal sealed class OutgoingTransferTarget : IFuzzTarget
{
    private const int MaxMessages = 10;

    private static readonly DomainName Apex = DomainName.TryParseAbsolute("example.org", out var name) ? name : DomainName.Root;

    private readonly ZoneSet zones = ZoneSet.Empty.With(MakeZone());
    private readonly byte[] space = new byte[Message.MaxLength];

    public string Name => "outgoing-transfer";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            yield return Write(Message.Query(1, Apex, QueryTypes.Axfr));
            var soa = ResourceRecord.Create(Apex, RrTypes.Soa, new(0), new Soa(Apex, Apex, new(1), 2, 3, 4, 5));
            yield return Write(Message.Query(2, Apex, QueryTypes.Ixfr) with { Authorities = [soa] });
            yield return Write(Message.Query(3, Apex, QueryTypes.Axfr) with { Edns = new(0, 512, IsDnssecOk: true, [new EdnsOption.Padding(3), new EdnsOption.Unknown(9, default)]) });
        }
    }

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!TransferQuestion.TryRead(octets, out var question))
            return;
        foreach (var transport in (DnsTransport[])[DnsTransport.Udp, DnsTransport.Tcp, DnsTransport.Tls])
            Answer(question, transport);
    }

    private void Answer(TransferQuestion question, DnsTransport transport)
    {
        var transfer = ZoneTransfers.Answer(question, zones.Find(question.Zone), new(IsAllowed: true, transport, SignatureLength: 100, MaxUdpSize: 1232, static (_, _) => null));
        for (var messages = 0; transfer.WriteNext(space.AsSpan(0, space.Length - 100)) is > 0 and var length; messages++)
        {
            if (messages == MaxMessages || !Message.TryRead(space.AsSpan(0, length), out _, out _))
                throw new InvalidOperationException($"message {messages} cannot be read");
        }
    }

    private static Zone MakeZone()
    {
        var builder = new ZoneBuilder(Apex);
        builder.Add(Apex.Wire, RrTypes.Soa, 300, RrTypes.Soa.Codec.ToOctets(new Soa(Apex, Apex, new(2), 2, 3, 4, 5)).Span);
        builder.Add(Apex.Wire, RrTypes.Ns, 300, Apex.Wire);
        builder.Add(Apex.Wire, RrTypes.A, 300, [192, 0, 2, 1]);
        return builder.Build();
    }

    private static byte[] Write(Message message)
    {
        var buffer = new byte[Message.MaxLength];
        return message.TryWrite(buffer, out var length) ? buffer[..length] : [];
    }
}
