using Riad.Dns.Messages;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>What one thread has answered. Written by that thread alone; others may read at any time and see each number whole.</summary>
public sealed class AnswerCounters
{
    /// <summary>The place of <see cref="ByType"/> that all types of a higher number share; CAA is 257 and has its own.</summary>
    public const int OtherTypes = 258;

    private const int TypeCount = OtherTypes + 1;
    private const int ResponseCodeCount = 24;
    private const int TransportCount = 3;

    private readonly long[] byType = new long[TypeCount];
    private readonly long[] byResponseCode = new long[ResponseCodeCount];
    private readonly long[] byTransport = new long[TransportCount];
    private ZoneCount[] byZone = [];

    /// <summary>Answers by the type asked for; the last number is all types that have none of their own.</summary>
    public IReadOnlyList<long> ByType => byType;

    /// <summary>Answers by response code, 0 to 23.</summary>
    public IReadOnlyList<long> ByResponseCode => byResponseCode;

    /// <summary>Answers by <see cref="DnsTransport"/>.</summary>
    public IReadOnlyList<long> ByTransport => byTransport;

    /// <summary>Queries for names in a zone, since it became one of ours; those over the rate limit counted.</summary>
    /// <param name="zone">Of the set that is served now: what was counted for a removed zone may be forgotten.</param>
    public long OfZone(ServedZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var counted = Volatile.Read(ref byZone);
        return zone.Place.Index < counted.Length && counted[zone.Place.Index] is var count && ReferenceEquals(count.Place, zone.Place) ? count.Queries : 0;
    }

    /// <summary>Octets that got no answer: too short, or themselves an answer.</summary>
    public long Ignored { get; private set; }

    /// <summary>Answers with TC for lack of room.</summary>
    public long Truncated { get; private set; }

    /// <summary>Answers with TC in place of one over the rate limit.</summary>
    public long Slipped { get; private set; }

    /// <summary>Answers not given, over the rate limit.</summary>
    public long Limited { get; private set; }

    /// <summary>Queries with a valid server cookie.</summary>
    public long ValidCookies { get; private set; }

    internal void Count(DnsTransport transport, ushort type, ResponseCode code)
    {
        byTransport[(int)transport]++;
        byType[Math.Min((int)type, TypeCount - 1)]++;
        byResponseCode[Math.Min((int)code, ResponseCodeCount - 1)]++;
    }

    internal void CountZone(ZonePlace place)
    {
        if ((uint)place.Index >= (uint)byZone.Length)
            MakeRoom(place.Index);
        ref var count = ref byZone[place.Index];
        if (!ReferenceEquals(count.Place, place))
            count = new() { Place = place };
        count.Queries++;
    }

    internal void CountIgnored() => Ignored++;

    internal void CountTruncated() => Truncated++;

    internal void CountSlipped() => Slipped++;

    internal void CountLimited() => Limited++;

    internal void CountValidCookie() => ValidCookies++;

    // Not on the hot path: once for each doubling of the number of zones.
    private void MakeRoom(int index)
    {
        const int Least = 16;
        var larger = new ZoneCount[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(Least, index + 1))];
        byZone.CopyTo(larger, 0);
        Volatile.Write(ref byZone, larger);
    }

    private struct ZoneCount
    {
        public ZonePlace? Place;
        public long Queries;
    }
}
