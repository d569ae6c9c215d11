using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>Adds the addresses of the hosts that an answer names by copying their prepared sections, with pointers to the names in the answer.</summary>
/// <remarks>Whole sets only, from zones that we serve, while there is room. Source: RFC 1034 §4.3.2 step 6.</remarks>
internal static class PreparedAddresses
{
    private const ushort Address = 1;
    private const ushort IPv6Address = 28;
    private const int PointerBits = 0xc000;
    private const int MaxPointer = 0x3fff;
    private const int RecordHeadLength = 12; // a pointer, type, class, TTL, length

    /// <summary>Goes through an answer section whose owners are all pointers.</summary>
    /// <param name="state">The thread's own.</param>
    /// <param name="zones">Where addresses come from.</param>
    /// <param name="room">The message, and room after it.</param>
    /// <param name="draft">Grows by what is added.</param>
    public static void Append(AnswerState state, ZoneSet zones, Span<byte> room, ref AnswerDraft draft)
    {
        var taken = 0;
        var at = state.Query.QuestionEnd;
        for (var answers = draft.Answers; answers > 0; answers--)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(room[(at + 10)..]);
            var nameAt = TargetNames.Locate(state.Query.Type, room.Slice(at + RecordHeadLength, length), out var isOwner);
            if (nameAt >= 0)
                AppendFor(state, zones, room, isOwner ? Header.Length : at + RecordHeadLength + nameAt, ref taken, ref draft);
            at += RecordHeadLength + length;
        }
    }

    private static void AppendFor(AnswerState state, ZoneSet zones, Span<byte> room, int nameAt, ref int taken, ref AnswerDraft draft)
    {
        if (nameAt > MaxPointer || taken == AdditionalSection.MaxTargets)
            return;
        var reader = new WireReader(room[..draft.Length]);
        reader.MoveTo(nameAt);
        var length = DomainName.ReadOctets(ref reader, state.TargetRdata.AsSpan(0, NameOctets.MaxLength));
        if (length <= 1)
            return;
        var path = state.TargetPath.Set(state.TargetRdata.AsSpan(0, length));
        var hash = path.Hash(0);
        if (state.TargetHashes.AsSpan(0, taken).Contains(hash) || zones.FindAbove(path, 0)?.Zone is not { } zone)
            return;
        state.TargetHashes[taken++] = hash;
        var search = ZoneSearch.Of(zone, path, Address);
        if (search.Outcome is not (SearchOutcome.Exact or SearchOutcome.Wildcard))
            return;
        Copy(search.Node.Find(Address), room, nameAt, ref draft);
        Copy(search.Node.Find(IPv6Address), room, nameAt, ref draft);
    }

    /// <summary>Address records hold no names, so their owner is all that changes.</summary>
    private static void Copy(StoredSet set, Span<byte> room, int nameAt, ref AnswerDraft draft)
    {
        if (set.IsNone || set.Section.Length > room.Length - draft.Length)
            return;
        var section = room.Slice(draft.Length, set.Section.Length);
        set.Section.CopyTo(section);
        draft.Length += section.Length;
        draft.Additionals += set.Count;
        while (section.Length >= RecordHeadLength)
        {
            BinaryPrimitives.WriteUInt16BigEndian(section, (ushort)(PointerBits | nameAt));
            section = section[(RecordHeadLength + BinaryPrimitives.ReadUInt16BigEndian(section[10..]))..];
        }
    }
}
