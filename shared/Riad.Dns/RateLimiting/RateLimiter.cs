using System.Buffers.Binary;
using System.Numerics;
using Riad.Core;

namespace Riad.Dns.RateLimiting;

/// <summary>Limits identical answers to one network, so that the server is of little use for reflecting traffic at a victim.</summary>
/// <remarks>
/// A mutable object with one owner: each thread that answers has its own, so that nothing is shared. Deterministic given
/// its key and the times. A table of fixed size holds for each answer and network the time until which credit is spent;
/// where four such entries meet, the one that is nearest to being forgotten gives way. Which entries meet depends on a
/// secret key, so that strangers cannot choose to meet somebody's. Allocates nothing after construction.
/// </remarks>
public sealed class RateLimiter
{
    /// <summary>Octets of the key.</summary>
    public const int KeyLength = 16;

    private const int Ways = 4;
    private const int MicrosecondsPerSecond = 1_000_000;
    private const ulong Odd = 0x9e37_79b9_7f4a_7c15;

    private readonly ulong[] entries; // tag in the upper half, time in microseconds in the lower
    private readonly ulong key0;
    private readonly ulong key1;
    private readonly int interval;
    private readonly int slip;
    private readonly int ipv4Shift;
    private readonly int ipv6Shift;
    private readonly bool includesLoopback;
    private long limited;

    /// <summary>Makes an empty table.</summary>
    /// <param name="options">How much is too much.</param>
    /// <param name="key">16 random octets that nobody else knows.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the key is not 16 octets long.</exception>
    public RateLimiter(RateLimitOptions options, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (key.Length != KeyLength)
            throw new ArgumentException("a rate limiter's key has 16 octets", nameof(key));
        if (options.AnswersPerSecond is < 1 or > MicrosecondsPerSecond || options.Slip < 0 || options.IPv4Bits is < 1 or > 32 || options.IPv6Bits is < 1 or > 64)
            throw new ArgumentException("an option is out of its range", nameof(options));
        if (options.TableLength < Ways || !BitOperations.IsPow2(options.TableLength))
            throw new ArgumentException("the table's length is not a power of two, or less than 4", nameof(options));
        key0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        key1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        entries = new ulong[options.TableLength];
        interval = MicrosecondsPerSecond / options.AnswersPerSecond;
        slip = options.Slip;
        ipv4Shift = 32 - options.IPv4Bits;
        ipv6Shift = 64 - options.IPv6Bits;
        includesLoopback = options.IncludesLoopback;
    }

    /// <summary>Counts an answer and says what becomes of it.</summary>
    /// <param name="client">Where it would go.</param>
    /// <param name="name">A hash of the name that makes answers of the category the same.</param>
    /// <param name="type">The type asked for; 0 where it makes no difference.</param>
    /// <param name="category">What kind of answer.</param>
    /// <param name="now">Never goes back.</param>
    public RateLimitVerdict Count(in IpAddress client, ulong name, ushort type, AnswerCategory category, Elapsed now)
    {
        if (!includesLoopback && client.IsLoopback)
            return RateLimitVerdict.Send;
        var network = client.IsIPv6 ? client.V6.Upper >> ipv6Shift << 1 | 1 : (ulong)(client.V4.Value >> ipv4Shift) << 1;
        var hash = Fold(Fold(name ^ key0, network ^ key1) ^ key0, ((ulong)type << 8 | (uint)category) ^ key1 ^ Odd);
        var microseconds = unchecked((uint)(now.Value.Ticks / TimeSpan.TicksPerMicrosecond));
        return TryTake(hash, microseconds) ? RateLimitVerdict.Send : NextLimited();
    }

    /// <summary>The generic cell rate algorithm: each answer moves the time of its entry forward, at most a second ahead of the clock.</summary>
    private bool TryTake(ulong hash, uint now)
    {
        var set = entries.AsSpan((int)hash & (entries.Length - 1) & ~(Ways - 1), Ways);
        var tag = (uint)(hash >> 32);
        var victim = 0;
        var lowest = int.MaxValue;
        for (var way = 0; way < set.Length; way++)
        {
            var ahead = Ahead(set[way], now);
            if ((uint)(set[way] >> 32) == tag)
            {
                if (ahead > MicrosecondsPerSecond - interval)
                    return false;
                set[way] = Entry(tag, unchecked(now + (uint)(ahead + interval)));
                return true;
            }
            if (ahead < lowest)
                (lowest, victim) = (ahead, way);
        }
        set[victim] = Entry(tag, unchecked(now + (uint)interval));
        return true;
    }

    /// <summary>Microseconds by which an entry is ahead of the clock; what lies far off was left behind when the time's 32 bits wrapped.</summary>
    private static int Ahead(ulong entry, uint now)
    {
        var ahead = unchecked((int)((uint)entry - now));
        return ahead is < 0 or > MicrosecondsPerSecond ? 0 : ahead;
    }

    private static ulong Entry(uint tag, uint time) => (ulong)tag << 32 | time;

    private RateLimitVerdict NextLimited()
    {
        limited++;
        return slip > 0 && limited % slip == 0 ? RateLimitVerdict.Truncate : RateLimitVerdict.Drop;
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
