using Riad.Dns.Cookies;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.RateLimiting;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>Answers queries from one immutable snapshot of all zones.</summary>
/// <remarks>
/// <see cref="Answer"/> is a function of its arguments, but for the thread's own state: counters, rate limiter and space
/// to work in. Nothing is allocated. When zones change, a new authority takes the place of this one.
/// </remarks>
public sealed class Authority
{
    /// <summary>In place of a length: NOTIFY, UPDATE, a transfer, or a signed message, in a state that hands them on.</summary>
    public const int Request = -1;

    private const ushort DelegationSigner = 43;

    private readonly ServerOptions options;

    /// <summary>Makes a snapshot.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Authority(ZoneSet zones, ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Identifier.Length > ServerOptions.MaxIdentifierLength || options.Version.Length > byte.MaxValue)
            throw new ArgumentException("the identifier or the version is too long", nameof(options));
        if (options.MaxUdpSize is < EdnsView.MinUdpSize or > ServerOptions.MaxUdpSizeLimit)
            throw new ArgumentException("the longest answer over UDP is not between 512 and 4096 octets", nameof(options));
        Zones = zones;
        this.options = options;
    }

    /// <summary>What is served.</summary>
    public ZoneSet Zones { get; }

    /// <summary>Answers those who may transfer its zones, and nobody else is told of them: catalogs. Null when there are none.</summary>
    public Authority? ForPeers { get; init; }

    /// <summary>Seconds until a zone expires, for clients that ask (RFC 7314); null for what its SOA record says, as a primary does. Called on every answering thread: it takes no lock.</summary>
    public Func<DomainName, uint?> Expire { get; init; } = static _ => null;

    /// <summary>Answers one query.</summary>
    /// <param name="state">The calling thread's own.</param>
    /// <param name="context">Who asks, how and when.</param>
    /// <param name="query">Any octets.</param>
    /// <param name="answer">Receives the answer: as long as the transport allows, at least 512 octets. It does not overlap the query.</param>
    /// <returns>Octets of the answer; 0 to say nothing; <see cref="Request"/>.</returns>
    public int Answer(AnswerState state, in QueryContext context, ReadOnlySpan<byte> query, Span<byte> answer)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (answer.Length < EdnsView.MinUdpSize)
            throw new ArgumentException("an answer may need 512 octets", nameof(answer));
        if (query.Length < Header.Length || (query[2] & 0x80) != 0)
        {
            state.Counters.CountIgnored();
            return 0;
        }
        var incoming = state.Query;
        incoming.Read(query);
        if (incoming.IsRequest && state.HandsOnRequests)
            return Request;
        if (incoming.HasQuestion)
            query[..incoming.QuestionEnd].CopyTo(answer);

        var optionsLength = 0;
        var hasGoodCookie = false;
        if (incoming.HasOptions && incoming.Fault is ResponseCode.NoError)
        {
            optionsLength = OptRecord.WriteOptions(options, incoming, context, query, state.Options);
            hasGoodCookie = HasGoodCookie(state, context, query);
        }
        if (incoming.WantsExpire && incoming.Fault is ResponseCode.NoError && ExpireOf(incoming) is { } seconds)
            optionsLength += OptRecord.WriteExpire(seconds, state.Options.AsSpan(optionsLength));
        int limit = context.Transport is DnsTransport.Udp ? Math.Min(incoming.UdpSize, options.MaxUdpSize) : ushort.MaxValue;
        if (context.SetAside > 0 && (limit - context.SetAside >= EdnsView.MinUdpSize || !incoming.HasEdns))
            limit -= context.SetAside;
        answer = answer[..Math.Min(answer.Length, limit)];
        var room = incoming.HasEdns ? answer[..^(OptRecord.HeadLength + optionsLength)] : answer;
        var draft = incoming.Fault is ResponseCode.NoError ? Decide(state, room) : AnswerDraft.Error(incoming.Fault, incoming);
        if (draft.IsForPeers && state.HandsOnRequests)
            return Request;
        if (state.Limiter is { } limiter && context.Transport is DnsTransport.Udp && !hasGoodCookie)
        {
            var verdict = limiter.Count(context.Client, draft.Name, draft.Category is AnswerCategory.Positive ? incoming.Type : default, draft.Category, context.Now.Elapsed);
            if (verdict is not RateLimitVerdict.Send && !TrySlip(state, verdict, ref draft))
                return 0;
        }
        return Finish(state, context, query, answer, ref draft, optionsLength);
    }

    private bool HasGoodCookie(AnswerState state, in QueryContext context, ReadOnlySpan<byte> query)
    {
        var incoming = state.Query;
        if (incoming.CookieAt == 0 || options.Cookies is not { } cookies)
            return false;
        var verdict = cookies.Verify(query.Slice(incoming.CookieAt, incoming.CookieLength), context.Client, (uint)context.Now.UnixSeconds);
        if (verdict is not (CookieVerdict.Good or CookieVerdict.GoodButOld))
            return false;
        state.Counters.CountValidCookie();
        return true;
    }

    /// <summary>For an SOA query at the apex of a zone of ours that is served; null for any other.</summary>
    /// <remarks>Source: RFC 7314 §3.2.</remarks>
    private uint? ExpireOf(IncomingQuery query)
    {
        if (!query.HasQuestion || query.Type != RrTypes.Soa.Code || query.Class is not (ushort)RecordClass.Internet)
            return null;
        return FindZone(query) is { Zone: { } zone } && zone.Apex.LabelCount == query.Path.LabelCount ? Expire(zone.Apex) ?? zone.Soa.Expire : null;
    }

    private AnswerDraft Decide(AnswerState state, Span<byte> room)
    {
        var query = state.Query;
        if (!query.HasQuestion)
            return new() { Length = Header.Length, Category = AnswerCategory.Error }; // a cookie was asked for, and nothing else
        if (query.Class is not ((ushort)RecordClass.Internet or (ushort)RecordClass.Any))
            return query.Class is (ushort)RecordClass.Chaos ? ServerQuestions.Answer(options, query, room) : AnswerDraft.Error(ResponseCode.Refused, query);
        if (query.Type is QueryTypes.Opt or >= QueryTypes.Tkey and <= QueryTypes.Maila)
            return RefuseMetaType(query);
        var served = FindZone(query);
        if (served is null)
            return AnswerDraft.Error(ResponseCode.Refused, query, ExtendedErrorCode.NotAuthoritative) with { IsForPeers = ForPeers?.FindZone(query) is not null };
        state.Counters.CountZone(served.Place);
        if (served.Zone is not { } zone)
            return AnswerDraft.Error(ResponseCode.ServerFailure, query, ReasonOf(served.Absence));
        var draft = new AnswerDraft { IsAuthoritative = true };
        var needsSignatures = query.IsDnssecOk && zone.IsSigned;
        if (needsSignatures || !PreparedAnswer.TryCopy(zone, query, room, ref draft))
            Chain.Answer(state, Zones, zone, room, ref draft);
        else if (draft.Answers > 0 && TargetNames.Has(query.Type))
            PreparedAddresses.Append(state, Zones, room, ref draft);
        draft.IsAuthoritative &= query.Class is (ushort)RecordClass.Internet; // RFC 1034 §6.2.2: for several classes no answer is authoritative
        return draft;
    }

    /// <summary>The zone with the longest name at or above the question; for DS the one above the cut, when it is ours too.</summary>
    /// <remarks>Source: RFC 4035 §3.1.4.1.</remarks>
    private ServedZone? FindZone(IncomingQuery query)
    {
        var served = Zones.FindAbove(query.Path, 0);
        if (query.Type != DelegationSigner || served is null || query.Path.LabelCount == 0 || served.Apex.LabelCount != query.Path.LabelCount)
            return served;
        return Zones.FindAbove(query.Path, 1) ?? served;
    }

    private static AnswerDraft RefuseMetaType(IncomingQuery query) => query.Type switch
    {
        QueryTypes.Axfr or QueryTypes.Ixfr => AnswerDraft.Error(ResponseCode.Refused, query, ExtendedErrorCode.NotSupported),
        QueryTypes.Maila or QueryTypes.Mailb => AnswerDraft.Error(ResponseCode.NotImplemented, query),
        _ => AnswerDraft.Error(ResponseCode.FormatError, query), // OPT, TSIG and TKEY are no questions
    };

    private static ExtendedErrorCode ReasonOf(ZoneAbsence absence) => absence switch
    {
        ZoneAbsence.NotReady => ExtendedErrorCode.NotReady,
        ZoneAbsence.Invalid or ZoneAbsence.Expired => ExtendedErrorCode.InvalidData, // RFC 8914 §4.25 names both
    };

    private static bool TrySlip(AnswerState state, RateLimitVerdict verdict, ref AnswerDraft draft)
    {
        if (verdict is RateLimitVerdict.Drop)
        {
            state.Counters.CountLimited();
            return false;
        }
        state.Counters.CountSlipped();
        draft.Truncate(state.Query.HasQuestion ? state.Query.QuestionEnd : Header.Length);
        return true;
    }

    private int Finish(AnswerState state, in QueryContext context, ReadOnlySpan<byte> query, Span<byte> answer, ref AnswerDraft draft, int optionsLength)
    {
        var incoming = state.Query;
        draft.WriteHeader(query, answer, incoming.HasQuestion, incoming.HasEdns);
        state.Counters.Count(context.Transport, incoming.Type, draft.Code);
        if (draft.IsTruncated)
            state.Counters.CountTruncated();
        if (!incoming.HasEdns)
            return draft.Length;
        var record = answer[draft.Length..];
        OptRecord.WriteHead(record, options.MaxUdpSize, incoming.IsDnssecOk, draft.Code);
        var isPadded = incoming.HasPadding && context.Transport is DnsTransport.Tls; // only encryption is helped by it (RFC 7830 §6)
        if (optionsLength == 0 && draft.Reason is null && !isPadded)
            return draft.Length + OptRecord.HeadLength;
        optionsLength = OptRecord.AppendOptions(record, state.Options.AsSpan(0, optionsLength), draft.Reason, isPadded ? draft.Length : 0);
        return draft.Length + OptRecord.HeadLength + optionsLength;
    }
}
