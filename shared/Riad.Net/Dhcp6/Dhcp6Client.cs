using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Core;

namespace Riad.Net.Dhcp6;

/// <summary>A DHCPv6 client for one interface: an address and resolvers, or resolvers alone where addresses come from routers.</summary>
/// <remarks>
/// A value without clock or random numbers. Source: RFC 8415 §15 (repetitions), §18.2 (what clients do). It asks for one
/// address, hears for a second who offers, and takes the offer of the highest preference. When its server no longer knows
/// the address, it begins again.
/// </remarks>
public sealed record Dhcp6Client
{
    private const uint AssociationNumber = 1;
    private const int MaxRequests = 10, MaxDeclines = 4, MaxReleases = 4;
    private const byte HighestPreference = byte.MaxValue;
    private const ushort NoBinding = 3, NotOnLink = 4;
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private static readonly Repetition Soliciting = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    private static readonly Repetition Requesting = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    private static readonly Repetition Confirming = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
    private static readonly Repetition GivingBack = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    private static readonly TimeSpan AfterDecline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConfirmingPatience = TimeSpan.FromSeconds(10);
    private static readonly Repetition Extending = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));

    private readonly Octets identifier;
    private readonly bool wantsAddress;

    private Dhcp6Client(Octets identifier, bool wantsAddress) => (this.identifier, this.wantsAddress) = (identifier, wantsAddress);

    private enum Phase
    {
        Soliciting,
        Requesting,
        Bound,
        Renewing,
        Rebinding,
        Confirming,
        Declining,
        Asking,
        Informed,
        Releasing,
        Released,
    }

    // The first wait, and the longest.
    private readonly record struct Repetition(TimeSpan First, TimeSpan Longest);

    private Phase Stage { get; init; }

    private uint TransactionId { get; init; }

    private int Sent { get; init; }

    private TimeSpan Wait { get; init; }

    private Elapsed Since { get; init; }

    private Elapsed NextAt { get; init; }

    private Dhcp6Answer? Offer { get; init; }

    /// <summary>What was granted, and from when its times count; null without an address.</summary>
    private Dhcp6Answer? Granted { get; init; }

    private Elapsed GrantedAt { get; init; }

    private bool IsForEver { get; init; }

    /// <summary>The address of the interface; null without one.</summary>
    public IPv6Address? Address => Granted?.Address;

    /// <summary>True when there is nothing to give back any more: nothing happens.</summary>
    public bool IsReleased => Stage is Phase.Released;

    /// <summary>When the next <see cref="Dhcp6Input.Tick"/> is due; null when nothing is.</summary>
    public Elapsed? WakeAt => IsForEver ? null : NextAt;

    /// <summary>A client that has not begun: its first tick is due at once.</summary>
    /// <param name="hardwareAddress">The interface's Ethernet address, six octets: it is who the client is (DUID-LL).</param>
    /// <param name="wantsAddress">False where routers give addresses.</param>
    public static Dhcp6Client Create(Octets hardwareAddress, bool wantsAddress) =>
        new(new([0, 3, 0, 1, .. hardwareAddress.Span]), wantsAddress) { Stage = wantsAddress ? Phase.Soliciting : Phase.Asking };

    /// <summary>Takes one thing that happened and says what to do.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">By the monotonic clock.</param>
    /// <param name="random">Fresh with each step: for the transaction's number, and to spread repetitions.</param>
    public (Dhcp6Client Next, ImmutableArray<Dhcp6Output> Outputs) Step(Dhcp6Input input, Elapsed now, uint random) => input switch
    {
        Dhcp6Input.Tick when WakeAt is not { } due || now < due => (this, []),
        Dhcp6Input.Tick => Wake(now, random),
        Dhcp6Input.Received(var message) => IsForUs(message) ? Receive(message, now, random) : (this, []),
        Dhcp6Input.Reconnected => Reconnect(now, random),
        Dhcp6Input.Duplicate(var address) => address == Address ? GiveBack(Phase.Declining, Dhcp6MessageType.Decline, now, random) : (this, []),
        Dhcp6Input.Release => Address is null ? (Released, []) : GiveBack(Phase.Releasing, Dhcp6MessageType.Release, now, random),
        _ => throw new UnreachableException(),
    };

    private bool IsForUs(Dhcp6Message message) =>
        Sent > 0 && message.TransactionId == TransactionId && message.Find(Dhcp6OptionCode.ClientIdentifier).SequenceEqual(identifier.Span) && message.Find(Dhcp6OptionCode.ServerIdentifier).Length > 0;

    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Wake(Elapsed now, uint random) => Stage switch
    {
        Phase.Soliciting => Offer is null ? Send(Dhcp6MessageType.Solicit, Soliciting, now, random) : Begin(Phase.Requesting).Send(Dhcp6MessageType.Request, Requesting, now, random),
        Phase.Requesting => Sent < MaxRequests ? Send(Dhcp6MessageType.Request, Requesting, now, random) : (Begin(Phase.Soliciting) with { Offer = null }).Send(Dhcp6MessageType.Solicit, Soliciting, now, random),
        Phase.Bound => Begin(Phase.Renewing).Extend(now, random),
        Phase.Renewing or Phase.Rebinding => Extend(now, random),
        Phase.Confirming => now - Since < ConfirmingPatience ? Send(Dhcp6MessageType.Confirm, Confirming, now, random) : (GoOn(now), []),
        Phase.Declining => Sent < MaxDeclines ? Send(Dhcp6MessageType.Decline, GivingBack, now, random) : (Declined(now), []),
        Phase.Asking => Send(Dhcp6MessageType.InformationRequest, Soliciting, now, random),
        Phase.Informed => Begin(Phase.Asking).Send(Dhcp6MessageType.InformationRequest, Soliciting, now, random),
        Phase.Releasing => Sent < MaxReleases ? Send(Dhcp6MessageType.Release, GivingBack, now, random) : (Released, []),
        Phase.Released => (this, []),
    };

    // Perhaps it is another network now (§18.2.12): servers are asked whether the address belongs to it.
    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Reconnect(Elapsed now, uint random) => Stage switch
    {
        Phase.Soliciting or Phase.Asking when Sent <= 1 && NextAt <= now + (Soliciting.First * 2) => (this, []),
        Phase.Soliciting or Phase.Requesting or Phase.Declining => (Begin(Phase.Soliciting) with { Offer = null }).Send(Dhcp6MessageType.Solicit, Soliciting, now, random),
        Phase.Bound or Phase.Renewing or Phase.Rebinding or Phase.Confirming => Begin(Phase.Confirming).Send(Dhcp6MessageType.Confirm, Confirming, now, random),
        Phase.Asking or Phase.Informed => Begin(Phase.Asking).Send(Dhcp6MessageType.InformationRequest, Soliciting, now, random),
        Phase.Releasing or Phase.Released => (this, []),
    };

    // The address is used no more before that is said (§18.2.7, §18.2.8).
    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) GiveBack(Phase stage, Dhcp6MessageType type, Elapsed now, uint random)
    {
        var given = Granted!;
        var (next, outputs) = (Begin(stage) with { Offer = given, Granted = null }).Send(type, GivingBack, now, random);
        return (next, [new Dhcp6Output.Unbind(given.Address!.Value), .. outputs]);
    }

    private Dhcp6Client Released => Begin(Phase.Released) with { Offer = null, IsForEver = true };

    // A server that has nothing but addresses in use is not asked as fast as it answers.
    private Dhcp6Client Declined(Elapsed now) => Begin(Phase.Soliciting) with { Offer = null, NextAt = now + AfterDecline };

    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Extend(Elapsed now, uint random)
    {
        var granted = Granted!;
        if (granted.ValidFor is { } valid && now >= GrantedAt + valid)
            return Lose(now, random);
        var rebinds = granted.RebindAfter is { } rebind && now >= GrantedAt + rebind;
        var start = rebinds && Stage is Phase.Renewing ? Begin(Phase.Rebinding) : this;
        var (next, outputs) = start.Send(rebinds ? Dhcp6MessageType.Rebind : Dhcp6MessageType.Renew, Extending, now, random);
        // No repetition beyond what comes next.
        var limit = (rebinds ? granted.ValidFor : granted.RebindAfter) is { } span ? GrantedAt + span : next.NextAt;
        return (next.NextAt > limit ? next with { NextAt = limit } : next, outputs);
    }

    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Lose(Elapsed now, uint random)
    {
        var address = Granted!.Address!.Value;
        var (next, outputs) = (Begin(Phase.Soliciting) with { Granted = null, Offer = null }).Send(Dhcp6MessageType.Solicit, Soliciting, now, random);
        return (next, [new Dhcp6Output.Unbind(address), .. outputs]);
    }

    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Receive(Dhcp6Message message, Elapsed now, uint random)
    {
        var answer = Dhcp6Answer.Read(message, AssociationNumber);
        return (Stage, message.Type) switch
        {
            (Phase.Soliciting, Dhcp6MessageType.Advertise) when answer is { Status: 0, Address: not null } => Consider(answer, now, random),
            (Phase.Requesting or Phase.Renewing or Phase.Rebinding, Dhcp6MessageType.Reply) when answer is { Status: 0, Address: not null } => Take(answer, now),
            (Phase.Requesting, Dhcp6MessageType.Reply) when answer.Status != 0 => (Begin(Phase.Soliciting) with { Offer = null, NextAt = now + Soliciting.First }, []),
    // Anything else that a server cannot do now does not end what it granted (§18.2.10).
            (Phase.Renewing or Phase.Rebinding, Dhcp6MessageType.Reply) when answer.Status is NoBinding or NotOnLink || answer.Withdrawn == Address => Lose(now, random),
            (Phase.Declining, Dhcp6MessageType.Reply) => (Declined(now), []),
            (Phase.Releasing, Dhcp6MessageType.Reply) => (Released, []),
            (Phase.Confirming, Dhcp6MessageType.Reply) => answer.Status == NotOnLink ? Lose(now, random) : (GoOn(now), []),
            (Phase.Asking, Dhcp6MessageType.Reply) => (Begin(Phase.Informed) with { NextAt = now + (answer.RefreshAfter ?? default), IsForEver = answer.RefreshAfter is null }, [new Dhcp6Output.Name(answer.NameServers, answer.Domains)]),
            _ => (this, []),
        };
    }

    // Until the first repetition is due every offer is heard; afterwards the first is taken, as is the best there can be.
    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Consider(Dhcp6Answer offer, Elapsed now, uint random)
    {
        var best = this with { Offer = Offer is { } earlier && earlier.Preference >= offer.Preference ? earlier : offer };
        return Sent > 1 || offer.Preference == HighestPreference ? best.Begin(Phase.Requesting).Send(Dhcp6MessageType.Request, Requesting, now, random) : (best, []);
    }

    // Its times count from the question on: ours must not last longer than the server's. But a server that gives no time at
    // all would be asked again with each of its answers, as fast as it can answer.
    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Take(Dhcp6Answer answer, Elapsed now)
    {
        var (before, address) = (Granted?.Address, answer.Address!.Value);
        var next = (this with { Granted = answer, GrantedAt = Since, Offer = null }).GoOn(now);
        ImmutableArray<Dhcp6Output> changed = before == address ? [] : before is { } old ? [new Dhcp6Output.Unbind(old), new Dhcp6Output.Bind(address)] : [new Dhcp6Output.Bind(address)];
        return (next, [.. changed, new Dhcp6Output.Name(answer.NameServers, answer.Domains)]);
    }

    private Dhcp6Client GoOn(Elapsed now)
    {
        var next = Begin(Phase.Bound);
        if ((Granted!.RenewAfter ?? Granted.RebindAfter ?? Granted.ValidFor) is not { } span)
            return next with { IsForEver = true };
        var (due, least) = (GrantedAt + span, now + LeastPause);
        return next with { NextAt = due > least ? due : least };
    }

    private Dhcp6Client Begin(Phase stage) => this with { Stage = stage, Sent = 0, Wait = default, IsForEver = false };

    private (Dhcp6Client, ImmutableArray<Dhcp6Output>) Send(Dhcp6MessageType type, Repetition repetition, Elapsed now, uint random)
    {
        var first = Sent == 0;
        // The first wait of a solicitation is never shorter than it should be: offers are collected during it.
        var factor = 0.1 * random / uint.MaxValue * (type is Dhcp6MessageType.Solicit && first ? 1 : 2) - (type is Dhcp6MessageType.Solicit && first ? 0 : 0.1);
        var wait = first ? repetition.First * (1 + factor) : Wait * (2 + factor);
        if (wait > repetition.Longest)
            wait = repetition.Longest * (1 + factor);
        var next = this with
        {
            TransactionId = first ? random & 0xff_ffff : TransactionId,
            Since = first ? now : Since,
            Sent = Sent + 1,
            Wait = wait,
            NextAt = now + wait,
        };
        return (next, [new Dhcp6Output.Send(next.Message(type, now))]);
    }

    private Dhcp6Message Message(Dhcp6MessageType type, Elapsed now)
    {
        var options = new List<Dhcp6Option>
        {
            new(Dhcp6OptionCode.ClientIdentifier, identifier),
            new(Dhcp6OptionCode.ElapsedTime, new(Number16((ushort)Math.Min((now - Since).TotalMilliseconds / 10, ushort.MaxValue)))),
        };
        if (type is not (Dhcp6MessageType.Confirm or Dhcp6MessageType.Decline or Dhcp6MessageType.Release))
            options.Add(new(Dhcp6OptionCode.OptionRequest, new([.. Number16(Dhcp6OptionCode.NameServers), .. Number16(Dhcp6OptionCode.DomainSearch), .. wantsAddress ? [] : Number16(Dhcp6OptionCode.InformationRefreshTime)])));
        if (type is Dhcp6MessageType.Request or Dhcp6MessageType.Renew or Dhcp6MessageType.Decline or Dhcp6MessageType.Release)
            options.Add(new(Dhcp6OptionCode.ServerIdentifier, (type is Dhcp6MessageType.Renew ? Granted : Offer)!.Server));
        if (wantsAddress)
            options.Add(new(Dhcp6OptionCode.Association, Association(type is Dhcp6MessageType.Solicit ? null : (Granted ?? Offer)!.Address)));
        return new(type, TransactionId, options.ToSeq());
    }

    // T1, T2 and lifetimes of nothing: the server chooses.
    private static Octets Association(IPv6Address? address)
    {
        var writer = new WireWriter(stackalloc byte[12 + 4 + 24]);
        writer.WriteUInt32(AssociationNumber);
        writer.WriteUInt64(0);
        if (address is { } known)
        {
            writer.WriteUInt16(Dhcp6OptionCode.Address);
            writer.WriteUInt16(24);
            known.Write(ref writer);
            writer.WriteUInt64(0);
        }
        return new(writer.Written);
    }

    private static byte[] Number16(ushort value)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, value);
        return octets;
    }
}
