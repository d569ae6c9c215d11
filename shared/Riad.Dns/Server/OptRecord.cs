using System.Buffers.Binary;
using Riad.Dns.Cookies;
using Riad.Dns.Messages;

namespace Riad.Dns.Server;

/// <summary>The OPT record at the end of an answer.</summary>
internal static class OptRecord
{
    /// <summary>Octets of a record without options.</summary>
    public const int HeadLength = 11;

    /// <summary>The options that an answer may have, padding not counted: cookie, identifier, keepalive, expire, error.</summary>
    public const int MaxOptionsLength = 1024;

    private const int PaddingBlock = 468; // RFC 8467 §4.1
    private const int OptionHeadLength = 4;
    private const byte DnssecOkBit = 0x80;

    /// <summary>Writes the record without options.</summary>
    /// <param name="answer">At least <see cref="HeadLength"/> octets.</param>
    /// <param name="udpSize">The longest query over UDP that we take.</param>
    /// <param name="isDnssecOk">DO, as the query had it.</param>
    /// <param name="code">Its upper eight bits are taken.</param>
    public static void WriteHead(Span<byte> answer, ushort udpSize, bool isDnssecOk, ResponseCode code)
    {
        answer = answer[..HeadLength];
        answer[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(answer[1..], QueryTypes.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(answer[3..], udpSize);
        answer[5] = (byte)((int)code >> 4);
        answer[6] = 0;
        answer[7] = isDnssecOk ? DnssecOkBit : (byte)0;
        answer[8] = 0;
        answer[9] = 0;
        answer[10] = 0;
    }

    /// <summary>Writes the options that a query asked for.</summary>
    /// <returns>Octets of options.</returns>
    public static int WriteOptions(ServerOptions options, IncomingQuery query, in QueryContext context, ReadOnlySpan<byte> octets, Span<byte> output)
    {
        var writer = new EdnsOptionWriter(output);
        if (query.CookieAt > 0 && options.Cookies is { } cookies)
        {
            Span<byte> cookie = stackalloc byte[ServerCookies.OptionLength];
            cookies.Make(octets.Slice(query.CookieAt, query.CookieLength), context.Client, (uint)context.Now.UnixSeconds, cookie);
            writer.TryWrite(EdnsOptionCode.Cookie, cookie);
        }
        if (query.WantsIdentifier && options.Identifier.Length > 0)
            writer.TryWrite(EdnsOptionCode.Nsid, options.Identifier.Span);
        if (query.WantsKeepalive && context.Transport is not DnsTransport.Udp)
            writer.TryWriteTcpKeepalive((ushort)Math.Clamp(context.IdleLimit.Ticks / (TimeSpan.TicksPerSecond / 10), 0, ushort.MaxValue));
        return writer.Written.Length;
    }

    /// <summary>Writes how long a zone still lives.</summary>
    /// <returns>Octets of the option.</returns>
    /// <remarks>Source: RFC 7314 §2.</remarks>
    public static int WriteExpire(uint seconds, Span<byte> output)
    {
        Span<byte> value = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(value, seconds);
        var writer = new EdnsOptionWriter(output);
        writer.TryWrite(EdnsOptionCode.Expire, value);
        return writer.Written.Length;
    }

    /// <summary>Completes a record that <see cref="WriteHead"/> began.</summary>
    /// <param name="record">From the record's first octet to the end of the room for the message.</param>
    /// <param name="options">From <see cref="WriteOptions"/>.</param>
    /// <param name="reason">Why it went wrong; null says nothing. Left out when there is no room.</param>
    /// <param name="messageLength">Octets of the message before the record, when the whole is to be padded; 0 for no padding.</param>
    /// <returns>Octets of the options.</returns>
    public static int AppendOptions(Span<byte> record, ReadOnlySpan<byte> options, ExtendedErrorCode? reason, int messageLength)
    {
        var data = record[HeadLength..];
        options.CopyTo(data);
        var length = options.Length;
        if (reason is { } code)
        {
            var writer = new EdnsOptionWriter(data[length..]);
            writer.TryWriteExtendedError(code, default);
            length += writer.Written.Length;
        }
        if (messageLength > 0)
            length += Pad(data[length..], messageLength + HeadLength + length);
        BinaryPrimitives.WriteUInt16BigEndian(record[9..], (ushort)length);
        return length;
    }

    /// <summary>Pads to a multiple of 468 octets, or as far as there is room.</summary>
    /// <remarks>Source: RFC 8467 §4.1.</remarks>
    private static int Pad(Span<byte> room, int messageLength)
    {
        var wanted = PaddingBlock - 1 - ((messageLength + OptionHeadLength - 1) % PaddingBlock);
        var padding = Math.Min(wanted, room.Length - OptionHeadLength);
        var writer = new EdnsOptionWriter(room);
        return padding >= 0 && writer.TryWritePadding(padding) ? writer.Written.Length : 0;
    }
}
