using Riad.Core;
using Riad.Net.Dhcp;

namespace Riad.Fuzz.Machine;

/// <summary>Messages of DHCP, and a client that gets them: it wakes in the future or never, and an address it has is a host's.</summary>
internal sealed class DhcpFuzz : IFuzzTarget
{
    private static readonly Octets Hardware = new([0x52, 0x54, 0, 0x12, 0x34, 0x56]);

    public string Name => "dhcp";

    public IEnumerable<byte[]> Seeds =>
    [
        Seed(DhcpMessageType.Offer),
        Seed(DhcpMessageType.Acknowledge),
        Seed(DhcpMessageType.Refuse),
        Seed(DhcpMessageType.Acknowledge, new DhcpOption(DhcpOptionCode.ClasslessRoutes, new([24, 198, 51, 100, 192, 0, 2, 2, 0, 192, 0, 2, 1]))),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!DhcpMessage.TryRead(octets, out var message, out var error))
        {
            if (error.Fault is WireFault.None || error.Offset > octets.Length)
                throw new InvalidOperationException("a fault without a place");
            return;
        }
        var client = DhcpClient.Create(Hardware);
        var now = default(Elapsed);
        for (var step = 0; step < 16; step++)
        {
            DhcpInput input = step % 2 == 0 ? new DhcpInput.Tick() : step == 11 ? new DhcpInput.Reconnected() : new DhcpInput.Received(message with { TransactionId = 1 });
            (client, var outputs) = client.Step(input, now, 1);
            if (outputs.Length > 3 || (step > 0 && client.WakeAt < now))
                throw new InvalidOperationException("too much to do, or too late");
            if (client.Lease?.Routes is { } routes && (routes.Count > DhcpRoute.MaxRoutes || routes.Any(route => route.PrefixLength is < 0 or > 32)))
                throw new InvalidOperationException("a way that no kernel takes");
            if (client.Lease is { } lease && (lease.PrefixLength is < 1 or > 32 || lease.Address == default || lease.NameServers.Count > 8))
                throw new InvalidOperationException("an address that no host has");
            now = step % 2 == 1 && client.WakeAt is { } next ? next : now;
        }
        if (!client.Step(new DhcpInput.Release(), now, 1).Next.IsReleased)
            throw new InvalidOperationException("an address that is kept");
    }

    private static byte[] Seed(DhcpMessageType type, params DhcpOption[] more)
    {
        var writer = new WireWriter(new byte[DhcpMessage.MaxOctets]);
        new DhcpMessage
        {
            IsReply = true,
            TransactionId = 1,
            YourAddress = new(0xc0000207),
            HardwareAddress = Hardware,
            Options =
            [
                new(DhcpOptionCode.MessageType, new([(byte)type])), new(DhcpOptionCode.ServerIdentifier, new([192, 0, 2, 1])), new(DhcpOptionCode.LeaseTime, new([0, 0, 14, 16])),
                new(DhcpOptionCode.SubnetMask, new([255, 255, 255, 0])), new(DhcpOptionCode.DomainNameServer, new([192, 0, 2, 53])), new(DhcpOptionCode.DomainName, new("example.org"u8)), .. more,
            ],
        }.Write(ref writer);
        return writer.Written.ToArray();
    }
}
