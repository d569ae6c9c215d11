using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Core;
using Riad.Net.Arp;

namespace Riad.Net.Dhcp;

/// <summary>A DHCP client for one interface: gets an address, keeps it, and loses it in time.</summary>
/// <remarks>
/// A value without clock or random numbers. Source: RFC 2131 §4.4. It takes the first offer, tries four times to get what
/// was offered, and otherwise begins again. The first repetition comes after a second and not after four (§4.1 says
/// SHOULD), and two probes with a quarter of a second each find out whether an address is in use, not three in five to
/// nine seconds as RFC 5227 §2.1.1 has it: a machine that boots waits for both.
/// </remarks>
public sealed record DhcpClient
{
    private const int MaxRequests = 4, MaxProbes = 2;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(64);
    private static readonly TimeSpan LeastRetryOfRenewal = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan AfterDecline = TimeSpan.FromSeconds(10);
    private static readonly IPv4Address Everyone = new(uint.MaxValue);

    private static readonly DhcpOption Wanted = new(DhcpOptionCode.ParameterRequestList, new(
    [
        // Ways before routers, as RFC 3442 has it.
        DhcpOptionCode.SubnetMask, DhcpOptionCode.ClasslessRoutes, DhcpOptionCode.Router, DhcpOptionCode.DomainNameServer, DhcpOptionCode.HostName, DhcpOptionCode.DomainName,
        DhcpOptionCode.InterfaceMtu, DhcpOptionCode.NetworkTimeServers, DhcpOptionCode.LeaseTime, DhcpOptionCode.RenewalTime, DhcpOptionCode.RebindingTime,
    ]));

    private readonly Octets hardwareAddress;

    private DhcpClient(Octets hardwareAddress) => this.hardwareAddress = hardwareAddress;

    private enum Phase
    {
        Selecting,
        Requesting,
        Probing,
        Bound,
        Renewing,
        Rebinding,
        Rebooting,
        Released,
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

    /// <summary>True while <see cref="DhcpInput.Heard"/> is wanted.</summary>
    public bool IsProbing => Stage is Phase.Probing;

    /// <summary>True when the address was given back: nothing happens any more.</summary>
    public bool IsReleased => Stage is Phase.Released;

    /// <summary>When the next <see cref="DhcpInput.Tick"/> is due; null when nothing is, with a lease for ever or after it was given back.</summary>
    public Elapsed? WakeAt => IsReleased || (Stage is Phase.Bound && Lease!.Duration is null) ? null : NextAt;

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
        DhcpInput.Heard(var packet) => Stage is Phase.Probing && packet.Claims(Offer!.Address, hardwareAddress) ? Decline(now, random) : (this, []),
        DhcpInput.Reconnected => Reconnect(now, random),
        DhcpInput.Release => Release(now, random),
        _ => throw new UnreachableException(),
    };

    private bool IsForUs(DhcpMessage message) =>
        message.IsReply && Sent > 0 && message.TransactionId == TransactionId && message.HardwareAddress == hardwareAddress;

    private (DhcpClient, ImmutableArray<DhcpOutput>) Wake(Elapsed now, uint random) => Stage switch
    {
        Phase.Selecting => Discover(now, random),
        Phase.Requesting => Sent < MaxRequests ? Request(now, random) : Restart(now).Discover(now, random),
        Phase.Probing => Sent < MaxProbes ? Probe(now) : Take(Offer!, [new DhcpOutput.Bind(Offer!), new DhcpOutput.Broadcast(ArpPacket.Announcement(hardwareAddress, Offer!.Address))]),
        Phase.Bound => (this with { Stage = Phase.Renewing, TransactionId = random, Since = now, Sent = 0 }).Extend(now, random),
        Phase.Renewing or Phase.Rebinding => Extend(now, random),
        Phase.Rebooting => Sent < MaxRequests && !IsOver(now) ? Reboot(now, random) : GoOn(now, random),
        Phase.Released => (this, []),
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

    private (DhcpClient, ImmutableArray<DhcpOutput>) Probe(Elapsed now) =>
        (this with { Sent = Sent + 1, NextAt = now + ProbeEvery }, [new DhcpOutput.Broadcast(ArpPacket.Probe(hardwareAddress, Offer!.Address))]);

    // §3.1.5: ten seconds at least, so that a server without a free address and a client do not fill the network.
    private (DhcpClient, ImmutableArray<DhcpOutput>) Decline(Elapsed now, uint random)
    {
        var refused = Offer!;
        var decline = (this with { TransactionId = random, Since = now }).Message(DhcpMessageType.Decline, now, Address(DhcpOptionCode.RequestedAddress, refused.Address), Address(DhcpOptionCode.ServerIdentifier, refused.Server));
        return (Restart(now) with { NextAt = now + AfterDecline }, [new DhcpOutput.Send(decline, Everyone), new DhcpOutput.Conflict(refused)]);
    }

    // Perhaps it is another network now: with an address its servers are asked whether it may stay (§3.2), without one
    // all begins anew, unless that just began.
    private (DhcpClient, ImmutableArray<DhcpOutput>) Reconnect(Elapsed now, uint random) => Stage switch
    {
        Phase.Selecting when Sent <= 1 && NextAt <= now + (FirstRetry * 2) => (this, []),
        Phase.Selecting or Phase.Requesting or Phase.Probing => Restart(now).Discover(now, random),
        Phase.Bound or Phase.Renewing or Phase.Rebinding or Phase.Rebooting => (this with { Stage = Phase.Rebooting, TransactionId = random, Since = now, Sent = 0 }).Reboot(now, random),
        Phase.Released => (this, []),
    };

    // What is still probed was granted too. Nobody answers, and nothing is repeated (§4.4.6).
    private (DhcpClient, ImmutableArray<DhcpOutput>) Release(Elapsed now, uint random)
    {
        var released = this with { Stage = Phase.Released, TransactionId = random, Since = now, Lease = null, Offer = null, Sent = 0 };
        if ((Stage is Phase.Probing ? Offer : Lease) is not { } lease)
            return (released, []);
        var message = released.Message(DhcpMessageType.Release, now, Address(DhcpOptionCode.ServerIdentifier, lease.Server)) with { ClientAddress = lease.Address };
        var send = new DhcpOutput.Send(message, lease.Server);
        return (released, Lease is null ? [send] : [send, new DhcpOutput.Unbind(lease)]);
    }

    private (DhcpClient, ImmutableArray<DhcpOutput>) Reboot(Elapsed now, uint random)
    {
        var next = Repeat(now, random);
        return (next, [new DhcpOutput.Send(next.Message(DhcpMessageType.Request, now, Address(DhcpOptionCode.RequestedAddress, Lease!.Address)), Everyone)]);
    }

    // Nobody says anything against the lease: it is good for as long as it was given (§3.2, 4).
    private (DhcpClient, ImmutableArray<DhcpOutput>) GoOn(Elapsed now, uint random)
    {
        var bound = this with { Stage = Phase.Bound, Sent = 0, NextAt = Lease!.Duration is null ? now : LeasedAt + Lease.RenewAfter };
        return bound.WakeAt is { } due && due <= now ? bound.Wake(now, random) : (bound, []);
    }

    private bool IsOver(Elapsed now) => Lease!.Duration is { } duration && now >= LeasedAt + duration;

    // Half of what is left until the next phase, but not more often than once a minute (§4.4.5).
    private (DhcpClient, ImmutableArray<DhcpOutput>) Extend(Elapsed now, uint random)
    {
        var (lease, end) = (Lease!, LeasedAt + Lease!.Duration!.Value);
        if (IsOver(now))
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
        (Phase.Requesting, DhcpMessageType.Acknowledge) when DhcpLease.TryRead(message, out var lease) && lease.Server == Offer!.Server =>
            (this with { Stage = Phase.Probing, Offer = lease, Sent = 0 }).Probe(now),
        (Phase.Requesting, DhcpMessageType.Refuse) when IsFrom(message, Offer!.Server) => (Restart(now) with { NextAt = now + Spread(FirstRetry, random) }, []),
        (Phase.Renewing or Phase.Rebinding or Phase.Rebooting, DhcpMessageType.Acknowledge) when DhcpLease.TryRead(message, out var lease) =>
            Take(lease, lease.IsBoundLike(Lease!) ? [new DhcpOutput.Renew(lease)] : [new DhcpOutput.Unbind(Lease!), new DhcpOutput.Bind(lease)]),
        (Phase.Renewing or Phase.Rebinding or Phase.Rebooting, DhcpMessageType.Refuse) => (Restart(now) with { Lease = null, NextAt = now + Spread(FirstRetry, random) }, [new DhcpOutput.Unbind(Lease!)]),
        _ => (this, []),
    };

    // Which server was chosen all heard; one that refuses what was asked of another has no say.
    private static bool IsFrom(DhcpMessage message, IPv4Address server) =>
        message.Find(DhcpOptionCode.ServerIdentifier) is not { Length: 4 } octets || System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(octets) == server.Value;

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
        // Who gives an address back wants nothing (§4.4.1, table 5). With an address of our own the answer can be sent to it; without one it has to be sent to everyone.
        var givesBack = type is DhcpMessageType.Decline or DhcpMessageType.Release;
        var own = Stage is Phase.Renewing or Phase.Rebinding ? Lease!.Address : default;
        return new()
        {
            IsReply = false,
            TransactionId = TransactionId,
            SecondsElapsed = (ushort)Math.Min((now - Since).TotalSeconds, ushort.MaxValue),
            Broadcast = own == default && !givesBack,
            ClientAddress = own,
            HardwareAddress = hardwareAddress,
            Options =
            [
                new(DhcpOptionCode.MessageType, new([(byte)type])),
                new(DhcpOptionCode.ClientIdentifier, new([1, .. hardwareAddress.Span])),
                .. more,
                .. givesBack ? (ReadOnlySpan<DhcpOption>)[] : [Wanted],
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
