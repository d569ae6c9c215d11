using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>What the words before the data say, and where they stand.</summary>
/// <param name="Ttl">The TTL's word, or -1.</param>
/// <param name="Class">The class's word, or -1.</param>
/// <param name="Type">The type's word; the data begins behind it.</param>
/// <param name="Seconds">The TTL, when there is one.</param>
internal readonly record struct RecordHead(int Ttl, int Class, int Type, uint Seconds)
{
    /// <summary>Reads TTL and class, in either order and either missing, and finds the type's word.</summary>
    /// <param name="text">What the words point into.</param>
    /// <param name="tokens">All words of the entry.</param>
    /// <param name="first">The first word behind the owner.</param>
    /// <param name="head">The default on failure.</param>
    /// <param name="fault">None on success.</param>
    /// <param name="at">The word at fault; the number of words when one is missing.</param>
    /// <remarks>Source: RFC 1035 §5.1. A word that begins with a digit is a TTL, since no type or class does.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<MasterToken> tokens, int first, out RecordHead head, out ZoneFault fault, out int at)
    {
        var (ttl, zoneClass) = (-1, -1);
        uint seconds = 0;
        (head, fault) = (default, ZoneFault.None);
        for (at = first; at < tokens.Length; at++)
        {
            var token = tokens[at];
            var word = text.Slice(token.Start, token.Length);
            if (token.Quoted)
                fault = ZoneFault.QuotesHere;
            else if (ttl < 0 && word[0] is >= (byte)'0' and <= (byte)'9')
            {
                ttl = at;
                fault = ReadTtl(word, out seconds);
            }
            else if (zoneClass < 0 && ZoneClass.TryRead(word, out fault))
                zoneClass = at;
            else
            {
                head = new(ttl, zoneClass, at, seconds);
                return true;
            }
            if (fault is not ZoneFault.None)
                return false;
        }
        fault = ZoneFault.TypeMissing;
        return false;
    }

    /// <summary>Reads a TTL: a number or BIND's units, at most 2³¹−1 seconds.</summary>
    /// <remarks>Source: RFC 2181 §8.</remarks>
    public static ZoneFault ReadTtl(ReadOnlySpan<byte> word, out uint seconds)
    {
        if (!Period.TryParse(word, out seconds))
            return ZoneFault.TtlMalformed;
        return seconds > Records.Ttl.MaxSeconds ? ZoneFault.TtlTooLarge : ZoneFault.None;
    }
}
