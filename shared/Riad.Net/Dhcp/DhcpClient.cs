using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Core;

namespace Riad.Net.Dhcp;

/// <summary>A DHCP client for one interface: gets an address, keeps it, and loses it in time.</summary>
/// <remarks>
/// A value without clock or random numbers. Source: RFC 2131 §4.4. It takes the first offer, tries four times to get what
/// was offered, and otherwise begins again. The first repetition comes after a second and not after four (§4.1 says
/// SHOULD): a machine that boots waits for it.
/// </remarks>
public sealed record DhcpClient
{
    private const int MaxRequests = 4;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(64);
    private static readonly TimeSpan LeastRetryOfRenewal = TimeSpan.FromSeconds(60);
    private static readonly IPv4Address Everyone = new(uint.MaxValue);

    private readonly Octets hardwareAddress;

    private DhcpClient(Octets hardwareAddress) => this.hardwareAddress = hardwareAddress;

    private enum Phase
    {
        Selecting,
        Requesting,
        Bound,
        Renewing,
        Rebinding,
    }

    private Phase Stage { get; init; }

    private uint TransactionId { get; init; }

    private int Sent { get; init; }

    /// <summary>When the present exchange began: leases count from its request on.</summary>
    private Elapsed Since { get; init; }

    private Elapsed NextAt { get; init; }

    private DhcpLease? Offer { get; init; }

    /// <summary>When the present lease was asked for.</summary>
    private Elapsed LeasedAt { get; init; }

    /// <summary>What the interface has now; null without an address.</summary>
    public DhcpLease? Lease { get; private init; }

    /// <summary>When the next <see cref="DhcpInput.Tick"/> is due; null when nothing is, with a lease for ever.</summary>
    public Elapsed? WakeAt => Stage is Phase.Bound && Lease!.Duration is null ? null : NextAt;

    /// <summary>A client that has not begun: its first tick is due at once.</summary>
    /// <param name="hardwareAddress">The interface's Ethernet address, six octets.</param>
    public static DhcpClient Create(Octets hardwareAddress) => new(hardwareAddress);

    /// <summary>Takes one thing that happened and says what to do.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">By the monotonic clock.</param>
    /// <param name="random">Fresh with each step: for the transaction's number, and to spread repetitions.</param>
    public (DhcpClient Next, ImmutableArray<DhcpOutput> Outputs) Step(DhcpInput input, Elapsed now, uint random) => input switch
    {
        DhcpInput.Tick when WakeAt is not { } due || now < due => (this, []),
        DhcpInput.Tick => Wake(now, random),
        DhcpInput.Received(var message) => IsForUs(message) ? Receive(message, now, random) : (this, []),
        _ => throw new UnreachableException(),
    };

    private bool IsForUs(DhcpMessage message) =>
        message.IsReply && Sent > 0 && message.TransactionId == TransactionId && message.HardwareAddress == hardwareAddress;

    private (DhcpClient, ImmutableArray<DhcpOutput>) Wake(Elapsed now, uint random) => Stage switch
    {
        Phase.Selecting => Discover(now, random),
        Phase.Requesting => Sent < MaxRequests ? Request(now, random) : Restart(now).Discover(now, random),
        Phase.Bound => (this with { Stage = Phase.Renewing, TransactionId = random, Since = now, Sent = 0 }).Extend(now, random),
        Phase.Renewing or Phase.Rebinding => Extend(now, random),
    };

    private (DhcpClient, ImmutableArray<DhcpOutput>) Discover(Elapsed now, uint random)
    {
        var next = (Sent == 0 ? this with { TransactionId = random, Since = now } : this).Repeat(now, random);
        return (next, [new DhcpOutput.Send(next.Message(DhcpMessageType.Discover, now), Everyone)]);
    }

    private (DhcpClient, ImmutableArray<DhcpOutput>) Request(Elapsed now, uint random)
    {
        var next = Repeat(now, random);
        return (next, [new DhcpOutput.Send(next.Message(DhcpMessageType.Request, now, Address(DhcpOptionCode.RequestedAddress, Offer!.Address), Address(DhcpOptionCode.ServerIdentifier, Offer.Server)), Everyone)]);
    }

    // Half of what is left until the next phase, but not more often than once a minute (§4.4.5).
    private (DhcpClient, ImmutableArray<DhcpOutput>) Extend(Elapsed now, uint random)
    {
        var (lease, end) = (Lease!, LeasedAt + Lease!.Duration!.Value);
        if (now >= end)
        {
            var (fresh, outputs) = (Restart(now) with { Lease = null }).Discover(now, random);
            return (fresh, [new DhcpOutput.Unbind(lease), .. outputs]);
        }
        var rebindAt = LeasedAt + lease.RebindAfter;
        var phase = now >= rebindAt ? Phase.Rebinding : Phase.Renewing;
        var limit = phase is Phase.Rebinding ? end : rebindAt;
        var half = (limit - now) / 2;
        var retryAt = half > LeastRetryOfRenewal ? now + half : limit < now + LeastRetryOfRenewal ? limit : now + LeastRetryOfRenewal;
        var next = this with { Stage = phase, Sent = Sent + 1, NextAt = retryAt };
        return (next, [new DhcpOutput.Send(next.Message(DhcpMessageType.Request, now), phase is Phase.Renewing ? lease.Server : Everyone)]);
    }

    private (DhcpClient, ImmutableArray<DhcpOutput>) Receive(DhcpMessage message, Elapsed now, uint random) => (Stage, message.Type) switch
    {
        (Phase.Selecting, DhcpMessageType.Offer) when DhcpLease.TryRead(message, out var offer) =>
            (this with { Stage = Phase.Requesting, Offer = offer, Sent = 0, Since = now }).Request(now, random),
        (Phase.Requesting, DhcpMessageType.Acknowledge) when DhcpLease.TryRead(message, out var lease) && lease.Server == Offer!.Server => Take(lease, [new DhcpOutput.Bind(lease)]),
        (Phase.Requesting, DhcpMessageType.Refuse) => (Restart(now) with { NextAt = now + Spread(FirstRetry, random) }, []),
        (Phase.Renewing or Phase.Rebinding, DhcpMessageType.Acknowledge) when DhcpLease.TryRead(message, out var lease) =>
            Take(lease, lease.IsBoundLike(Lease!) ? [new DhcpOutput.Renew(lease)] : [new DhcpOutput.Unbind(Lease!), new DhcpOutput.Bind(lease)]),
        (Phase.Renewing or Phase.Rebinding, DhcpMessageType.Refuse) => (Restart(now) with { Lease = null, NextAt = now + Spread(FirstRetry, random) }, [new DhcpOutput.Unbind(Lease!)]),
        _ => (this, []),
    };

    // A lease counts from the request on, not from its answer: ours must not last longer than the server's.
    private (DhcpClient, ImmutableArray<DhcpOutput>) Take(DhcpLease lease, ImmutableArray<DhcpOutput> outputs) => (this with
    {
        Stage = Phase.Bound,
        Lease = lease,
        LeasedAt = Since,
        NextAt = lease.Duration is null ? Since : Since + lease.RenewAfter,
        Offer = null,
        Sent = 0,
    }, outputs);

    private DhcpClient Restart(Elapsed now) => this with { Stage = Phase.Selecting, Offer = null, Sent = 0, Since = now };

    private DhcpClient Repeat(Elapsed now, uint random)
    {
        var wait = FirstRetry * (1 << Math.Min(Sent, 6));
        return this with { Sent = Sent + 1, NextAt = now + Spread(wait < LastRetry ? wait : LastRetry, random) };
    }

    // Between three and five quarters of it, so that machines that booted together do not ask together.
    private static TimeSpan Spread(TimeSpan wait, uint random) => wait * (0.75 + (0.5 * random / uint.MaxValue));

    private DhcpMessage Message(DhcpMessageType type, Elapsed now, params ReadOnlySpan<DhcpOption> more)
    {
        // With an address of our own the answer can be sent to it; without one it has to be sent to everyone.
        var own = Stage is Phase.Renewing or Phase.Rebinding ? Lease!.Address : default;
        return new()
        {
            IsReply = false,
            TransactionId = TransactionId,
            SecondsElapsed = (ushort)Math.Min((now - Since).TotalSeconds, ushort.MaxValue),
            Broadcast = own == default,
            ClientAddress = own,
            HardwareAddress = hardwareAddress,
            Options =
            [
                new(DhcpOptionCode.MessageType, new([(byte)type])),
                new(DhcpOptionCode.ClientIdentifier, new([1, .. hardwareAddress.Span])),
                .. more,
                new(DhcpOptionCode.ParameterRequestList, new(
                [
                    DhcpOptionCode.SubnetMask, DhcpOptionCode.Router, DhcpOptionCode.DomainNameServer, DhcpOptionCode.HostName, DhcpOptionCode.DomainName,
                    DhcpOptionCode.InterfaceMtu, DhcpOptionCode.NetworkTimeServers, DhcpOptionCode.LeaseTime, DhcpOptionCode.RenewalTime, DhcpOptionCode.RebindingTime,
                ])),
            ],
        };
    }

    private static DhcpOption Address(byte code, IPv4Address address)
    {
        Span<byte> octets = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets, address.Value);
        return new(code, new(octets));
    }
}
