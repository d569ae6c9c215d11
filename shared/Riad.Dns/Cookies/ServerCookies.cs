using System.Buffers.Binary;
using Riad.Core;

namespace Riad.Dns.Cookies;

/// <summary>Makes and checks server cookies of version 1, which BIND, Knot, NSD and Unbound make alike from the same secret.</summary>
/// <remarks>
/// <code>
/// Version       8 bits, 1
/// Reserved     24 bits, 0
/// Timestamp    32 bits, seconds since 1970
/// Hash         64 bits, SipHash-2-4 of client cookie, version, reserved, timestamp and client address
/// </code>
/// Source: RFC 9018 §4, RFC 7873. Immutable; allocates nothing per query. The address is that from which the query came.
/// </remarks>
public sealed class ServerCookies
{
    /// <summary>Octets of a client cookie.</summary>
    public const int ClientLength = 8;

    /// <summary>Octets of the option that an answer carries: client cookie and server cookie.</summary>
    public const int OptionLength = ClientLength + ServerLength;

    private const int ServerLength = 16;
    private const int HashOffset = ClientLength + 8;
    private const int MinForeignLength = ClientLength + 8; // RFC 7873 §4: a server cookie has 8 to 32 octets
    private const int MaxForeignLength = ClientLength + 32;
    private const byte Version = 1;
    private const int MaxAgeSeconds = 60 * 60;
    private const int RenewAfterSeconds = 30 * 60;
    private const int MaxAheadSeconds = 5 * 60;

    private readonly CookieSecret current;
    private readonly CookieSecret? previous;

    /// <summary>Makes cookies with <paramref name="current"/>, and accepts those of <paramref name="previous"/> too.</summary>
    /// <param name="current">The secret in use.</param>
    /// <param name="previous">The secret before, while a rollover is going on (RFC 9018 §5); null when there is none.</param>
    public ServerCookies(CookieSecret current, CookieSecret? previous = null)
    {
        this.current = current;
        this.previous = previous;
    }

    /// <summary>Judges the COOKIE option of a query.</summary>
    /// <param name="option">The option's value: client cookie, and the server cookie if there is one.</param>
    /// <param name="client">Where the query came from.</param>
    /// <param name="now">Seconds since 1970, on the circle of RFC 1982.</param>
    /// <remarks>Source: RFC 9018 §4.3: an hour back, five minutes ahead; renewed after half an hour.</remarks>
    public CookieVerdict Verify(ReadOnlySpan<byte> option, IpAddress client, uint now)
    {
        if (option.Length == ClientLength)
            return CookieVerdict.ClientOnly;
        if (option.Length is < MinForeignLength or > MaxForeignLength)
            return CookieVerdict.Malformed;
        if (option.Length != OptionLength || option[ClientLength] != Version)
            return CookieVerdict.Bad;
        var age = unchecked((int)(now - BinaryPrimitives.ReadUInt32BigEndian(option[(ClientLength + 4)..])));
        if (age is > MaxAgeSeconds or < -MaxAheadSeconds)
            return CookieVerdict.Bad;
        var hash = BinaryPrimitives.ReadUInt64LittleEndian(option[HashOffset..]);
        if (hash == Hash(current, option[..HashOffset], client))
            return age > RenewAfterSeconds ? CookieVerdict.GoodButOld : CookieVerdict.Good;
        return previous is not null && hash == Hash(previous, option[..HashOffset], client) ? CookieVerdict.GoodButOld : CookieVerdict.Bad;
    }

    /// <summary>Writes the option's value for an answer: the client's cookie and a new server cookie.</summary>
    /// <param name="clientCookie">8 octets or more, of which the first 8 are used: the query's option as it is.</param>
    /// <param name="client">Where the query came from.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="option">Receives <see cref="OptionLength"/> octets.</param>
    public void Make(ReadOnlySpan<byte> clientCookie, IpAddress client, uint now, Span<byte> option)
    {
        clientCookie[..ClientLength].CopyTo(option);
        BinaryPrimitives.WriteUInt32BigEndian(option[ClientLength..], (uint)Version << 24);
        BinaryPrimitives.WriteUInt32BigEndian(option[(ClientLength + 4)..], now);
        BinaryPrimitives.WriteUInt64LittleEndian(option[HashOffset..], Hash(current, option[..HashOffset], client));
    }

    private static ulong Hash(CookieSecret secret, ReadOnlySpan<byte> option, IpAddress client)
    {
        var input = new WireWriter(stackalloc byte[HashOffset + 16]);
        input.WriteOctets(option);
        if (client.IsIPv6)
            client.V6.Write(ref input);
        else
            client.V4.Write(ref input);
        return secret.Hash.Hash(input.Written);
    }
}
