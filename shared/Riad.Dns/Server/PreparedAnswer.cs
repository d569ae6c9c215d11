using Riad.Dns.Messages;
using Riad.Dns.RateLimiting;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>The answers that a zone has ready: one section, copied behind the question.</summary>
internal static class PreparedAnswer
{
    private const ushort PreparedReferral = 0;
    private const int WildcardLabelLength = 2;

    /// <summary>Copies the answer to a question of class IN.</summary>
    /// <param name="zone">The zone of the question's name.</param>
    /// <param name="query">The question.</param>
    /// <param name="room">Header and question, and room after them.</param>
    /// <param name="draft">Receives what the answer is.</param>
    /// <returns>False when no prepared section is the whole answer, or it does not fit: then nothing was changed that matters.</returns>
    public static bool TryCopy(Zone zone, IncomingQuery query, Span<byte> room, ref AnswerDraft draft)
    {
        var search = ZoneSearch.Of(zone, query.Path, query.Type);
        return search.Outcome switch
        {
            SearchOutcome.Exact => TryCopyRecords(zone, search, query, room, growth: 0, ref draft),
            SearchOutcome.Wildcard => TryCopyRecords(zone, search, query, room, query.Path.Start(search.Label) - WildcardLabelLength, ref draft),
            SearchOutcome.NameError => TryCopyNegative(zone, ResponseCode.NameError, AnswerCategory.NameError, query, room, ref draft),
            SearchOutcome.Delegation => TryCopyReferral(search, query, room, ref draft),
            SearchOutcome.Redirection => false,
        };
    }

    private static bool TryCopyRecords(Zone zone, ZoneSearch search, IncomingQuery query, Span<byte> room, int growth, ref AnswerDraft draft)
    {
        var set = search.Node.Find(query.Type);
        if (set.IsNone)
            return query.Type != QueryTypes.Any && !search.Node.Flags.Has(NodeFlags.Alias) && TryCopyNegative(zone, ResponseCode.NoError, AnswerCategory.NoData, query, room, ref draft);
        var section = set.Section;
        if (query.QuestionEnd + section.Length > room.Length || (growth != 0 && set.IsUnpatchable) || query.Type == PreparedReferral)
            return false;
        set.CopySection(room[query.QuestionEnd..], growth);
        draft.Answers = set.Count;
        draft.Length = query.QuestionEnd + section.Length;
        (draft.Category, draft.Name) = (AnswerCategory.Positive, query.Path.Hash(search.Label));
        return true;
    }

    private static bool TryCopyNegative(Zone zone, ResponseCode code, AnswerCategory category, IncomingQuery query, Span<byte> room, ref AnswerDraft draft)
    {
        var negative = zone.Negative;
        if (query.QuestionEnd + negative.SectionLength > room.Length)
            return false;
        negative.CopySection(room[query.QuestionEnd..], query.Path.Length - zone.Apex.Wire.Length);
        draft.Code = code;
        draft.Authorities = 1;
        draft.Length = query.QuestionEnd + negative.SectionLength;
        (draft.Category, draft.Name) = (category, zone.ApexHash);
        return true;
    }

    private static bool TryCopyReferral(ZoneSearch search, IncomingQuery query, Span<byte> room, ref AnswerDraft draft)
    {
        var set = search.Node.Find(PreparedReferral);
        if (set.IsNone || search.Node.Flags.Has(NodeFlags.MoreGlue) || query.QuestionEnd + set.Section.Length > room.Length)
            return false;
        set.CopySection(room[query.QuestionEnd..], query.Path.Start(search.Label));
        draft.IsAuthoritative = false;
        draft.Authorities = set.Count & byte.MaxValue;
        draft.Additionals = set.Count >> 8;
        draft.Length = query.QuestionEnd + set.Section.Length;
        (draft.Category, draft.Name) = (AnswerCategory.Referral, query.Path.Hash(search.Label));
        return true;
    }
}
