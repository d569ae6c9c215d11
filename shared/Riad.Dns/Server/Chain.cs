using Riad.Dns.Dnssec;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.RateLimiting;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>Answers that have to be put together: aliases, DNAME, additional addresses, ANY, signatures and proofs, and whatever did not fit as prepared.</summary>
/// <remarks>
/// Follows aliases through all zones that we serve, at most <see cref="MaxLength"/> of them; a loop ends where it closes.
/// Source: RFC 1034 §4.3.2, RFC 6604 for the response code at a chain's end, RFC 6672 for DNAME,
/// RFC 4035 §3.1 and RFC 5155 §7.2 for zones that are signed.
/// </remarks>
internal ref struct Chain
{
    /// <summary>The most aliases that are followed.</summary>
    public const int MaxLength = 16;

    private const ushort NameServer = 2;
    private const ushort Alias = 5;
    private const ushort StartOfAuthority = 6;
    private const ushort Redirection = 39;
    private const ushort DelegationSigner = 43;
    private const ushort NsecType = 47;

    private readonly AnswerState state;
    private readonly ZoneSet zones;
    private readonly IncomingQuery query;
    private readonly ReadOnlySpan<byte> question;
    private readonly Proofs proofs;
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
        proofs = state.Proofs;
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
        chain.WriteProofs();
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
                return AnswerFrom(zone, search);
            case SearchOutcome.NameError:
                draft.Code = ResponseCode.NameError;
                WriteNegative(zone);
                if (IsSigned(zone))
                    new ProofSearch(proofs, zone, path).ForNameError(search.Label);
                return null;
            case SearchOutcome.Delegation:
                draft.IsAuthoritative = links > 0; // AA speaks of the first owner (RFC 1035 §4.1.1)
                Refer(zone, new(search.Node, zone.Apex), search.Label);
                return null;
            case SearchOutcome.Redirection:
                return Redirect(zone, new(search.Node, zone.Apex), search.Label);
        }
        return null;
    }

    private static AnswerCategory CategoryOf(SearchOutcome outcome) => outcome switch
    {
        SearchOutcome.Exact or SearchOutcome.Wildcard or SearchOutcome.Redirection => AnswerCategory.Positive,
        SearchOutcome.NameError => AnswerCategory.NameError,
        SearchOutcome.Delegation => AnswerCategory.Referral,
    };

    private Zone? AnswerFrom(Zone zone, ZoneSearch search)
    {
        var node = new ZoneNode(search.Node, zone.Apex);
        var isWildcard = search.Outcome is SearchOutcome.Wildcard;
        if (query.Type == QueryTypes.Any ? TryFindAny(node, out var set) : node.TryFind(query.Type, out set))
        {
            WriteAnswer(zone, node, set, isWildcard ? search.Label : 0);
            WriteProofs(); // before the addresses
            if (!isTruncated && TargetNames.Has(set.Type) && query.Type != QueryTypes.Any)
                new AdditionalSection(state, zones).AddTargets(ref writer, set, path.Lower);
            return null;
        }
        if (!MayStandBesideAlias(query.Type) && node.TryFind(Alias, out var alias))
        {
            WriteAnswer(zone, node, alias, isWildcard ? search.Label : 0);
            return isTruncated ? null : GoOn(FirstRdata(alias));
        }
        if (links == 0)
            (draft.Category, draft.Name) = (AnswerCategory.NoData, zone.ApexHash);
        WriteNegative(zone);
        if (!IsSigned(zone))
            return null;
        if (isWildcard)
            new ProofSearch(proofs, zone, path).ForWildcardNoData(search.Label);
        else
            new ProofSearch(proofs, zone, path).ForNoData(0);
        return null;
    }

    /// <summary>What a name with a CNAME may hold too is asked of that name.</summary>
    /// <remarks>Source: RFC 4034 §3, §4.</remarks>
    private static bool MayStandBesideAlias(ushort type) => type is SignatureTtl.Type or NsecType or QueryTypes.Any;

    /// <summary>Signatures and proofs are for who asks for them, from zones that have them.</summary>
    private readonly bool IsSigned(Zone zone) => query.IsDnssecOk && zone.IsSigned;

    /// <summary>Writes a set of the present name.</summary>
    /// <param name="zone">Where it comes from.</param>
    /// <param name="node">The name, or the wildcard that answers for it.</param>
    /// <param name="set">The set.</param>
    /// <param name="wildcardEncloser">The label of the wildcard's parent; 0 when the name itself has the set.</param>
    private void WriteAnswer(Zone zone, ZoneNode node, RecordSetView set, int wildcardEncloser)
    {
        Write(zone, Section.Answer, path.Lower, node, set, set.Ttl);
        if (wildcardEncloser > 0 && IsSigned(zone))
            new ProofSearch(proofs, zone, path).ForWildcardAnswer(wildcardEncloser);
    }

    /// <summary>One set stands for all of them, the first that is no signature.</summary>
    /// <remarks>Source: RFC 8482 §4.1.</remarks>
    private static bool TryFindAny(ZoneNode node, out RecordSetView set)
    {
        set = default;
        foreach (var candidate in node.Sets)
        {
            set = candidate;
            if (candidate.Type != SignatureTtl.Type)
                return true;
        }
        return !node.IsEmptyNonTerminal;
    }

    private void Refer(Zone zone, ZoneNode node, int label)
    {
        var cut = path.Lower[path.Start(label)..];
        node.TryFind(NameServer, out var servers);
        Write(Section.Authority, cut, servers);
        if (IsSigned(zone))
            WriteDelegationSigner(zone, node, label);
        if (!isTruncated && !new AdditionalSection(state, zones).TryAddGlue(ref writer, zone, servers, cut))
            draft.IsTruncated = true; // what fitted stays: it is of use
    }

    /// <summary>The keys of the zone below, or the proof that it has none.</summary>
    /// <remarks>Source: RFC 4035 §3.1.4.</remarks>
    private void WriteDelegationSigner(Zone zone, ZoneNode node, int label)
    {
        if (node.TryFind(DelegationSigner, out var signer))
            Write(zone, Section.Authority, path.Lower[path.Start(label)..], node, signer, signer.Ttl);
        else
            new ProofSearch(proofs, zone, path).ForNoData(label);
        WriteProofs(); // before the glue
    }

    /// <summary>Writes the DNAME, and the CNAME that it means for this name, which needs no signature (RFC 6672 §5.3.1).</summary>
    private Zone? Redirect(Zone zone, ZoneNode node, int label)
    {
        node.TryFind(Redirection, out var redirection);
        if (IsFirstPassage(path.Hash(label)))
            Write(zone, Section.Answer, path.Lower[path.Start(label)..], node, redirection, redirection.Ttl);
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
        var apex = new ZoneNode(zone.ApexNode, zone.Apex);
        if (!apex.TryFind(StartOfAuthority, out var soa))
            return;
        isTruncated |= !SetWriter.TryWrite(ref writer, Section.Authority, zone.Apex.Wire, StartOfAuthority, zone.NegativeTtl, FirstRdata(soa));
        WriteSignatures(zone, Section.Authority, zone.Apex.Wire, apex, StartOfAuthority, zone.NegativeTtl);
    }

    /// <summary>Writes the proofs that were found on the way; none is written twice.</summary>
    private void WriteProofs()
    {
        var owner = state.TargetRdata.AsSpan();
        for (var i = 0; i < proofs.Count; i++)
        {
            var (zone, place) = proofs[i];
            var node = new ZoneNode(zone.Node(place), zone.Apex);
            if (node.TryFind(zone.Denial.RecordType, out var set))
                Write(zone, Section.Authority, owner[..node.CopyOwner(owner)], node, set, set.Ttl);
        }
        proofs.Clear();
    }

    private void Write(Section section, ReadOnlySpan<byte> owner, RecordSetView set) =>
        isTruncated |= !SetWriter.TryWrite(ref writer, section, owner, set, state.Rdata);

    /// <summary>Writes a set and its signatures.</summary>
    private void Write(Zone zone, Section section, ReadOnlySpan<byte> owner, ZoneNode node, RecordSetView set, uint ttl)
    {
        Write(section, owner, set);
        WriteSignatures(zone, section, owner, node, set.Type, ttl);
    }

    private void WriteSignatures(Zone zone, Section section, ReadOnlySpan<byte> owner, ZoneNode node, ushort type, uint ttl)
    {
        if (IsSigned(zone) && !isTruncated)
            isTruncated = !SetWriter.TryWriteSignatures(ref writer, section, owner, node, type, ttl);
    }
}
