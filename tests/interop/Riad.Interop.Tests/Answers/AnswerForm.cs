using Riad.Core;
using Riad.Dns.Messages;
using Xunit;

namespace Riad.Interop.Tests.Answers;

/// <summary>What holds for every answer of ours, and what comparing without order would not see.</summary>
internal static class AnswerForm
{
    private const ushort Signature = 46;

    /// <summary>The question comes back octet for octet, no record is there twice, a set stands together, and a chain is in order.</summary>
    public static void MustHold(AskedQuestion question, ReadOnlySpan<byte> query, ReadOnlySpan<byte> answer)
    {
        Assert.True(Message.TryRead(answer, out var message, out var error), $"{question}: {error}");
        var end = 12 + QuestionLength(query);
        Assert.True(query[12..end].SequenceEqual(answer[12..end]), $"{question}: another question came back");
        var records = message.Answers.Concat(message.Authorities).Concat(message.Additionals).Select(record => record.ToString()).ToList();
        Assert.True(records.Distinct(StringComparer.OrdinalIgnoreCase).Count() == records.Count, $"{question}: a record is there twice\n{string.Join('\n', records)}");
        foreach (var section in (Seq<ResourceRecord>[])[message.Answers, message.Authorities, message.Additionals])
            Assert.True(StandTogether(section), $"{question}: a set is torn apart\n{string.Join('\n', section)}");
        Assert.True(IsInOrder(question, message.Answers), $"{question}: a chain is out of order\n{string.Join('\n', message.Answers)}");
    }

    private static int QuestionLength(ReadOnlySpan<byte> query)
    {
        var at = 12;
        while (query[at] != 0)
            at += query[at] + 1;
        return at + 1 + 4 - 12;
    }

    private static bool StandTogether(Seq<ResourceRecord> section)
    {
        var sets = section.Select(record => (record.Owner, record.Type, Covered(record))).ToList();
        var beginnings = sets.Where((set, index) => index == 0 || !set.Equals(sets[index - 1])).ToList();
        return beginnings.Count == sets.Distinct().Count();
    }

    /// <summary>Signatures stand with the set that they cover.</summary>
    private static int Covered(ResourceRecord record) => record.Type == Signature ? record.Rdata.Span[0] << 8 | record.Rdata.Span[1] : 0;

    /// <summary>Clients follow aliases from the first record to the last: each owner is the last target, a DNAME stands before its CNAME.</summary>
    private static bool IsInOrder(AskedQuestion question, Seq<ResourceRecord> answers)
    {
        var name = question.Name.ToLowerInvariant();
        foreach (var line in answers.Where(record => record.Type != Signature).Select(record => RecordLine.Parse(record.ToString().ToLowerInvariant())))
        {
            if (line.Type is "dname" && line.Owner != name)
            {
                if (!name.EndsWith($".{line.Owner}", StringComparison.Ordinal))
                    return false;
                continue;
            }
            if (line.Owner != name)
                return false;
            if (line.IsAlias && question.Type != 5)
                name = line.Rdata;
        }
        return true;
    }
}
