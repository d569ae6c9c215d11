using System.Buffers.Binary;
using Riad.Dns.Cookies;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>A query as it was read, reused for query after query.</summary>
internal sealed class IncomingQuery
{
    private const int QuestionTailLength = 4; // type and class
    private const int PlainOptLength = 11;
    private const int DnssecOkBit = 0x80;
    private const byte PointerBits = 0xc0;

    /// <summary>The name asked for.</summary>
    public NamePath Path { get; } = new();

    /// <summary>What went wrong; NoError when the query can be answered.</summary>
    public ResponseCode Fault { get; private set; }

    /// <summary>What is asked for.</summary>
    public Opcode Opcode { get; private set; }

    /// <summary>The header and the question; 0 when there is no question that could be repeated.</summary>
    public int QuestionEnd { get; private set; }

    /// <summary>True when there is a question.</summary>
    public bool HasQuestion => QuestionEnd > 0;

    /// <summary>The type asked for.</summary>
    public ushort Type { get; private set; }

    /// <summary>The class asked for.</summary>
    public ushort Class { get; private set; }

    /// <summary>True when a valid OPT record was there: the answer has one too.</summary>
    public bool HasEdns { get; private set; }

    /// <summary>How long an answer over UDP the client takes: at least 512.</summary>
    public ushort UdpSize { get; private set; }

    /// <summary>DO, repeated in the answer (RFC 3225 §3).</summary>
    public bool IsDnssecOk { get; private set; }

    /// <summary>True when an option asks for something: the answer's OPT record has to be thought about.</summary>
    public bool HasOptions { get; private set; }

    /// <summary>The client asks which server this is (RFC 5001).</summary>
    public bool WantsIdentifier { get; private set; }

    /// <summary>The client asks how long a connection may be idle (RFC 7828).</summary>
    public bool WantsKeepalive { get; private set; }

    /// <summary>The client pads, so the answer may be padded (RFC 7830 §4).</summary>
    public bool HasPadding { get; private set; }

    /// <summary>The client asks when the zone expires (RFC 7314).</summary>
    public bool WantsExpire { get; private set; }

    /// <summary>Where the COOKIE option's value starts in the query; 0 when there is none.</summary>
    public int CookieAt { get; private set; }

    /// <summary>Octets of the COOKIE option's value.</summary>
    public int CookieLength { get; private set; }

    /// <summary>True for what is more than a query: NOTIFY, UPDATE, a sound question for a transfer, a message whose last record is TSIG.</summary>
    public bool IsRequest { get; private set; }

    /// <summary>Reads a message whose QR bit is clear.</summary>
    /// <param name="query">At least 12 octets.</param>
    public void Read(ReadOnlySpan<byte> query)
    {
        Opcode = (Opcode)(query[2] >> 3 & 15);
        (Fault, QuestionEnd, Type, Class) = (ResponseCode.NoError, 0, 0, 0);
        (HasEdns, HasOptions, IsDnssecOk, UdpSize, CookieAt, CookieLength) = (false, false, false, EdnsView.MinUdpSize, 0, 0);
        (WantsIdentifier, WantsKeepalive, HasPadding, WantsExpire, IsRequest) = (false, false, false, false, false);
        if (Opcode is not Opcode.Query)
        {
            IsRequest = Opcode is Opcode.Notify or Opcode.Update;
            Fault = ResponseCode.NotImplemented; // its sections may mean anything
            return;
        }
        var questions = BinaryPrimitives.ReadUInt16BigEndian(query[4..]);
        if (questions > 1 || (questions == 1 && !TryReadQuestion(query)))
        {
            Fault = ResponseCode.FormatError; // RFC 9619
            return;
        }
        ReadRecords(query);
        if (Fault is ResponseCode.NoError && questions == 0 && CookieAt == 0)
            Fault = ResponseCode.FormatError; // RFC 7873 §5.4: only a cookie can be asked for without a question
        if (Type is QueryTypes.Ixfr or QueryTypes.Axfr)
            IsRequest |= Fault is ResponseCode.NoError;
    }

    private bool TryReadQuestion(ReadOnlySpan<byte> query)
    {
        if (!Path.TrySet(query[Header.Length..]))
            return false;
        var end = Header.Length + Path.Length + QuestionTailLength;
        if (end > query.Length)
            return false;
        Type = BinaryPrimitives.ReadUInt16BigEndian(query[(end - 4)..]);
        Class = BinaryPrimitives.ReadUInt16BigEndian(query[(end - 2)..]);
        QuestionEnd = end;
        return true;
    }

    private void ReadRecords(ReadOnlySpan<byte> query)
    {
        var at = HasQuestion ? QuestionEnd : Header.Length;
        var answersAndAuthorities = BinaryPrimitives.ReadUInt32BigEndian(query[6..]);
        int records = BinaryPrimitives.ReadUInt16BigEndian(query[10..]);
        if (answersAndAuthorities == 0)
        {
            if (records == 0 && at == query.Length)
                return;
            if (records == 1 && query.Length - at == PlainOptLength && query[at] == 0 && query[at + 1] == 0 && query[at + 2] == QueryTypes.Opt)
            {
                ReadOpt(query, at + 1, PlainOptLength - 1);
                return;
            }
        }
        else if (answersAndAuthorities > ushort.MaxValue || Type != QueryTypes.Ixfr)
        {
            Fault = ResponseCode.FormatError; // only IXFR has a record before the additional section (RFC 1995 §3)
            return;
        }
        records += (int)answersAndAuthorities;
        while (records-- > 0 && Fault is ResponseCode.NoError)
            ReadRecord(query, ref at, isLast: records == 0 && query[10..12] is not [0, 0]);
        if (Fault is ResponseCode.NoError && at != query.Length)
            Fault = ResponseCode.FormatError;
    }

    /// <summary>Passes over a record, unless it is OPT.</summary>
    private void ReadRecord(ReadOnlySpan<byte> query, ref int at, bool isLast)
    {
        const int FixedLength = 10;
        var isRoot = at < query.Length && query[at] == 0;
        if (!TrySkipName(query, ref at) || at + FixedLength > query.Length)
        {
            Fault = ResponseCode.FormatError;
            return;
        }
        var length = FixedLength + BinaryPrimitives.ReadUInt16BigEndian(query[(at + 8)..]);
        var type = BinaryPrimitives.ReadUInt16BigEndian(query[at..]);
        var isOpt = type == QueryTypes.Opt;
        if (at + length > query.Length || (isOpt && (!isRoot || HasEdns)))
        {
            HasEdns &= !isOpt;
            Fault = ResponseCode.FormatError; // RFC 6891 §6.1.1: one OPT record at most, at the root
            return;
        }
        if (isOpt)
            ReadOpt(query, at, length);
        at += length;
        if (type != QueryTypes.Tsig)
            return;
        IsRequest = isLast && at == query.Length; // RFC 8945 §5.1: the last record of the additional section, or a fault
        Fault = IsRequest ? ResponseCode.NotAuthoritative : ResponseCode.FormatError; // without keys, §5.2: a key that we do not know
    }

    private static bool TrySkipName(ReadOnlySpan<byte> query, ref int at)
    {
        while (at < query.Length)
        {
            int label = query[at];
            if (label >= PointerBits)
            {
                at += 2;
                return at <= query.Length;
            }
            if (label > NameOctets.MaxLabelLength)
                return false;
            at += label + 1;
            if (label == 0)
                return true;
        }
        return false;
    }

    /// <summary>Reads an OPT record that lies inside the query.</summary>
    /// <param name="query">The whole query.</param>
    /// <param name="at">Where the record's type stands.</param>
    /// <param name="length">Octets from there.</param>
    private void ReadOpt(ReadOnlySpan<byte> query, int at, int length)
    {
        const int OptionsOffset = 10;
        UdpSize = Math.Max(BinaryPrimitives.ReadUInt16BigEndian(query[(at + 2)..]), EdnsView.MinUdpSize);
        IsDnssecOk = (query[at + 6] & DnssecOkBit) != 0;
        HasEdns = true;
        if (query[at + 5] != 0)
        {
            Fault = ResponseCode.BadVersion;
            return;
        }
        if (BinaryPrimitives.ReadUInt16BigEndian(query[(at + 8)..]) != length - OptionsOffset)
            Fault = ResponseCode.FormatError;
        else if (length > OptionsOffset)
            ReadOptions(query, at + OptionsOffset, at + length);
    }

    private void ReadOptions(ReadOnlySpan<byte> query, int at, int end)
    {
        const int HeadLength = 4;
        while (at < end)
        {
            var length = end - at < HeadLength ? ushort.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(query[(at + 2)..]);
            if (at + HeadLength + length > end)
            {
                Fault = ResponseCode.FormatError;
                return;
            }
            ReadOption(BinaryPrimitives.ReadUInt16BigEndian(query[at..]), at + HeadLength, length);
            at += HeadLength + length;
        }
    }

    private void ReadOption(ushort code, int at, int length)
    {
        switch (code)
        {
            case (ushort)EdnsOptionCode.Nsid:
                WantsIdentifier = HasOptions = true;
                break;
            case (ushort)EdnsOptionCode.Cookie when length != ServerCookies.ClientLength && length is < 16 or > 40:
                Fault = ResponseCode.FormatError; // RFC 7873 §5.2.2
                break;
            case (ushort)EdnsOptionCode.Cookie when CookieAt == 0: // §5.2: the first counts
                (CookieAt, CookieLength, HasOptions) = (at, length, true);
                break;
            case (ushort)EdnsOptionCode.TcpKeepalive:
                WantsKeepalive = HasOptions = true;
                break;
            case (ushort)EdnsOptionCode.Expire:
                WantsExpire = true;
                break;
            case (ushort)EdnsOptionCode.Padding:
                HasPadding = HasOptions = true;
                break;
            default:
                break; // RFC 6891 §6.1.2: unknown options are passed over
        }
    }
}
