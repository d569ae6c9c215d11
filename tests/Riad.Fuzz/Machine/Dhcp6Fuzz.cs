using Riad.Core;
using Riad.Net.Dhcp6;

namespace Riad.Fuzz.Machine;

/// <summary>Messages of DHCPv6, and a client that gets them: it wakes in the future or never, and an address it has is a host's.</summary>
internal sealed class Dhcp6Fuzz : IFuzzTarget
{
    private const string Identifiers = "0001000a00030001525400123456" + "0002000a00030001525400aaaaaa", Granted = "000300280000000100000000000000000005001820010db800000000000000000000000700000e1000001c20";

    public string Name => "dhcp6";

    public IEnumerable<byte[]> Seeds =>
    [
        Convert.FromHexString("02000001" + Identifiers + "00070001ff" + Granted),
        Convert.FromHexString("07000001" + Identifiers + Granted + "0017001020010db8000000000000000000000035" + "0018000d076578616d706c65036f726700"),
        Convert.FromHexString("07000001" + Identifiers + "00030012000000010000000000000000" + "000d00020003"),
        Convert.FromHexString("07000001" + Identifiers + "0020000400000384"),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!Dhcp6Message.TryRead(octets, out var message, out var error))
        {
            if (error.Fault is WireFault.None || error.Offset > octets.Length)
                throw new InvalidOperationException("a fault without a place");
            return;
        }
        Run(message, wantsAddress: true);
        Run(message, wantsAddress: false);
    }

    private static void Run(Dhcp6Message message, bool wantsAddress)
    {
        var client = Dhcp6Client.Create(new([0x52, 0x54, 0, 0x12, 0x34, 0x56]), wantsAddress);
        var now = default(Elapsed);
        for (var step = 0; step < 10; step++)
        {
            (client, var outputs) = client.Step(step % 2 == 0 ? new Dhcp6Input.Tick() : new Dhcp6Input.Received(message with { TransactionId = 1, Type = step < 2 ? Dhcp6MessageType.Advertise : Dhcp6MessageType.Reply }), now, 1);
            if (outputs.Length > 3 || client.WakeAt < now)
                throw new InvalidOperationException("too much to do, or too late");
            if (client.Address is { } address && (!wantsAddress || address == default))
                throw new InvalidOperationException("an address that no host has");
            now = step % 2 == 1 && client.WakeAt is { } next ? next : now;
        }
        (client, _) = client.Step(new Dhcp6Input.Release(), now, 1);
        for (var step = 0; step < 4 && !client.IsReleased; step++)
            (client, _) = client.Step(new Dhcp6Input.Tick(), client.WakeAt!.Value, 1);
        if (!client.IsReleased)
            throw new InvalidOperationException("an address that is kept");
    }
}
