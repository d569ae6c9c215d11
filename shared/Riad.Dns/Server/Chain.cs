using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.RateLimiting;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>Answers that have to be put together: aliases, DNAME, additional addresses, ANY, and whatever did not fit as prepared.</summary>
/// <remarks>
/// Follows aliases through all zones that we serve, at most <see cref="MaxLength"/> of them; a loop ends where it closes.
/// Source: RFC 1034 §4.3.2, RFC 6604 for the response code at a chain's end, RFC 6672 for DNAME.
/// </remarks>
internal ref struct Chain
{
    /// <summary>The most aliases that are followed.</summary>
    public const int MaxLength = 16;

    private const ushort NameServer = 2;
    private const ushort Alias = 5;
    private const ushort StartOfAuthority = 6;
    private const ushort Redirection = 39;
    private const ushort Signature = 46;

    private readonly AnswerState state;
    private readonly ZoneSet zones;
    private readonly IncomingQuery query;
    private readonly ReadOnlySpan<byte> question;
    private MessageWriter writer;
    private NamePath path;
    private AnswerDraft draft;
    private bool isTruncated;
    private int links;
    private int redirections;

    private Chain(AnswerState state, ZoneSet zones, Span<byte> room)
    {
        this.state = state;
        this.zones = zones;
        query = state.Query;
        path = query.Path;
        writer = new(room);
        question = room.Slice(Header.Length, path.Length);
        writer.TryWriteQuestion(question, query.Type, (RecordClass)query.Class);
    }

    /// <summary>Puts the answer together.</summary>
    /// <param name="state">The thread's own; its query has been read.</param>
    /// <param name="zones">Where chains lead.</param>
    /// <param name="zone">The zone of the question.</param>
    /// <param name="room">Header and question, and room after them.</param>
    /// <param name="draft">Receives what the answer is.</param>
    public static void Answer(AnswerState state, ZoneSet zones, Zone zone, Span<byte> room, ref AnswerDraft draft)
    {
        var chain = new Chain(state, zones, room) { draft = draft };
        var next = zone;
        while (next is not null && !chain.isTruncated)
            next = chain.Step(next);
        draft = chain.draft;
        var mark = chain.writer.Mark;
        (draft.Length, draft.Answers, draft.Authorities, draft.Additionals) = (mark.Position, mark.Answers, mark.Authorities, mark.Additionals);
        if (chain.isTruncated)
            draft.Truncate(state.Query.QuestionEnd);
    }

    /// <summary>Answers for the present name from its zone.</summary>
    /// <returns>The zone in which the chain goes on; null at its end.</returns>
    private Zone? Step(Zone zone)
    {
        var search = ZoneSearch.Of(zone, path, query.Type);
        if (links == 0)
            (draft.Category, draft.Name) = (CategoryOf(search.Outcome), search.Outcome is SearchOutcome.NameError ? zone.ApexHash : path.Hash(search.Label));
        switch (search.Outcome)
        {
            case SearchOutcome.Exact or SearchOutcome.Wildcard:
                return AnswerFrom(zone, new(search.Node, zone.Apex));
            case SearchOutcome.NameError:
                draft.Code = ResponseCode.NameError;
                WriteNegative(zone);
                return null;
            case SearchOutcome.Delegation:
                draft.IsAuthoritative = links > 0; // AA speaks of the first owner (RFC 1035 §4.1.1)
                Refer(zone, new(search.Node, zone.Apex), path.Lower[path.Start(search.Label)..]);
                return null;
            case SearchOutcome.Redirection:
                return Redirect(new(search.Node, zone.Apex), search.Label);
        }
        return null;
    }

    private static AnswerCategory CategoryOf(SearchOutcome outcome) => outcome switch
    {
        SearchOutcome.Exact or SearchOutcome.Wildcard or SearchOutcome.Redirection => AnswerCategory.Positive,
        SearchOutcome.NameError => AnswerCategory.NameError,
        SearchOutcome.Delegation => AnswerCategory.Referral,
    };

    private Zone? AnswerFrom(Zone zone, ZoneNode node)
    {
        if (query.Type == QueryTypes.Any ? TryFindAny(node, out var set) : node.TryFind(query.Type, out set))
        {
            Write(Section.Answer, path.Lower, set);
            if (!isTruncated && TargetNames.Has(set.Type) && query.Type != QueryTypes.Any)
                new AdditionalSection(state, zones).AddTargets(ref writer, set, path.Lower);
            return null;
        }
        if (query.Type != QueryTypes.Any && node.TryFind(Alias, out var alias))
        {
            Write(Section.Answer, path.Lower, alias);
            return isTruncated ? null : GoOn(FirstRdata(alias));
        }
        if (links == 0)
            (draft.Category, draft.Name) = (AnswerCategory.NoData, zone.ApexHash);
        WriteNegative(zone);
        return null;
    }

    /// <summary>One set stands for all of them, the first that is no signature.</summary>
    /// <remarks>Source: RFC 8482 §4.1.</remarks>
    private static bool TryFindAny(ZoneNode node, out RecordSetView set)
    {
        set = default;
        foreach (var candidate in node.Sets)
        {
            set = candidate;
            if (candidate.Type != Signature)
                return true;
        }
        return !node.IsEmptyNonTerminal;
    }

    private void Refer(Zone zone, ZoneNode node, ReadOnlySpan<byte> cut)
    {
        node.TryFind(NameServer, out var servers);
        Write(Section.Authority, cut, servers);
        if (!isTruncated && !new AdditionalSection(state, zones).TryAddGlue(ref writer, zone, servers, cut))
            draft.IsTruncated = true; // what fitted stays: it is of use
    }

    /// <summary>Writes the DNAME, and the CNAME that it means for this name.</summary>
    private Zone? Redirect(ZoneNode node, int label)
    {
        node.TryFind(Redirection, out var redirection);
        if (IsFirstPassage(path.Hash(label)))
            Write(Section.Answer, path.Lower[path.Start(label)..], redirection);
        if (isTruncated)
            return null;
        var prefix = path.Between(0, label);
        var target = FirstRdata(redirection);
        if (prefix.Length + target.Length > NameOctets.MaxLength)
        {
            draft.Code = ResponseCode.NameExists; // RFC 6672 §2.2
            return null;
        }
        var substituted = state.TargetRdata.AsSpan(0, prefix.Length + target.Length);
        CopyPrefix(prefix.Length, substituted);
        target.CopyTo(substituted[prefix.Length..]);
        isTruncated = !SetWriter.TryWrite(ref writer, Section.Answer, path.Lower, Alias, redirection.Ttl, substituted);
        return isTruncated || query.Type is Alias or QueryTypes.Any ? null : GoOn(substituted);
    }

    /// <summary>A DNAME that is passed again is in the answer already, and no record is there twice (RFC 2181 §5).</summary>
    private bool IsFirstPassage(ulong owner)
    {
        if (state.RedirectionHashes.AsSpan(0, redirections).Contains(owner))
            return false;
        state.RedirectionHashes[redirections++] = owner;
        return true;
    }

    /// <summary>The labels of the question keep the case in which they were asked.</summary>
    private readonly void CopyPrefix(int length, Span<byte> output)
    {
        if (links == 0)
            question[..length].CopyTo(output);
        else
            path.Lower[..length].CopyTo(output);
    }

    /// <summary>The zone of an alias' target; null when it is not ours, was passed before, or the chain is too long.</summary>
    private Zone? GoOn(ReadOnlySpan<byte> target)
    {
        state.ChainHashes[links++] = path.Hash(0);
        path = state.ChainPath.Set(target);
        if (links > MaxLength || state.ChainHashes.AsSpan(0, links).Contains(path.Hash(0)))
            return null;
        return zones.FindAbove(path, 0)?.Zone;
    }

    private readonly ReadOnlySpan<byte> FirstRdata(RecordSetView set)
    {
        foreach (var rdata in set.Rdatas(state.Rdata))
            return rdata;
        return default;
    }

    private void WriteNegative(Zone zone)
    {
        if (new ZoneNode(zone.ApexNode, zone.Apex).TryFind(StartOfAuthority, out var soa))
            isTruncated |= !SetWriter.TryWrite(ref writer, Section.Authority, zone.Apex.Wire, StartOfAuthority, zone.NegativeTtl, FirstRdata(soa));
    }

    private void Write(Section section, ReadOnlySpan<byte> owner, RecordSetView set) =>
        isTruncated |= !SetWriter.TryWrite(ref writer, section, owner, set, state.Rdata);
}
