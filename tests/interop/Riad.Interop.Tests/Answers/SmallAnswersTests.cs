using Riad.Dns.Messages;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Answers;

/// <summary>Over UDP an answer is as long as the client takes: whole sets, or TC, where the peers set it too.</summary>
public sealed class SmallAnswersTests(ServedZones served) : IClassFixture<ServedZones>
{
    private const ushort NameServer = 2;
    private const ushort MailExchange = 15;
    private const ushort Text = 16;

    /// <summary>What does not fit, and whether the client has to ask again over TCP.</summary>
    public static TheoryData<string, string, ushort, int, bool> Answers => new()
    {
        // why                                                               name                           type          size  TC
        { "a set that fits",                                                 "www.awkward.test.",           Text,         512,  false },
        { "without EDNS a set of 700 octets does not fit",                   "big.awkward.test.",           Text,         0,    true },
        { "nor into 512",                                                    "big.awkward.test.",           Text,         512,  true },
        { "it fits into 1232",                                               "big.awkward.test.",           Text,         1232, false },
        { "behind an alias too, a set that does not fit is cut",             "alias.large.test.",           Text,         1232, true },
        { "more than our own limit is not sent, whatever the client takes",  "huge.large.test.",            Text,         4096, true },
        { "RFC 9471: glue below the cut is needed",                          "www.small.cut.large.test.",   1,            512,  true },
        { "the same glue fits into 1232",                                    "www.small.cut.large.test.",   1,            1232, false },
        { "more glue does not",                                              "www.large.cut.large.test.",   1,            1232, true },
        { "additional addresses are left out without TC",                    "mail.large.test.",            MailExchange, 512,  false },
        { "and so is the glue of a sibling",                                 "www.sibling.cut.large.test.", 1,            512,  false },
        { "name servers of the zone itself",                                 "large.test.",                 NameServer,   512,  false },
    };

    [Theory, MemberData(nameof(Answers))]
    public void What_does_not_fit_is_left_out_or_makes_the_client_ask_again(string why, string name, ushort type, int size, bool isTruncated)
    {
        var answer = DnsExchange.OverUdp(served.Dns, DnsExchange.Query(name, type, size)) ?? throw new TimeoutException(why);
        Assert.True(answer.Length <= Math.Clamp(size, 512, 1232), $"{why}: {answer.Length} octets");
        Assert.True(IsTruncated(answer) == isTruncated, $"{why}: {(isTruncated ? "no TC" : "TC")} in {answer.Length} octets");
    }

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void Sets_are_whole_and_TC_is_set_where_the_peer_sets_it(PeerKind kind)
    {
        using var peer = NameServerPeer.Start(kind, QuestionList.Zones);
        using var ours = new TcpAsker(served.Dns);

        var differing = new List<string>();
        foreach (var question in QuestionList.Questions)
        {
            var whole = ours.Ask(DnsExchange.Query(question.Name, question.Type));
            foreach (var size in (int[])[512, 1232])
            {
                if (whole.Length <= size / 2)
                    continue;
                var query = DnsExchange.Query(question.Name, question.Type, size);
                var mine = DnsExchange.OverUdp(served.Dns, query)!;
                MustBePartOf(question, size, mine, whole);
                var theirs = peer.AskByUdp(query)!;
                if (IsTruncated(mine) != IsTruncated(theirs) && !IsKnown(kind, question, Read(mine), IsTruncated(mine)))
                    differing.Add($"{question} in {size} octets: {(IsTruncated(mine) ? "ours" : "theirs")} is truncated");
            }
        }
        Assert.Empty(differing);
    }

    /// <summary>Differences that have a reason. Knot has none.</summary>
    private static bool IsKnown(PeerKind kind, AskedQuestion question, Message ours, bool oursIsTruncated) => kind switch
    {
        PeerKind.Nsd => IsReferralWithoutGlue(ours, oursIsTruncated),
        PeerKind.Knot => false,
        PeerKind.Bind => IsReferralWithoutGlue(ours, oursIsTruncated) || (!oursIsTruncated && question.Name.EndsWith(".dnameloop.awkward.test.", StringComparison.Ordinal)), // it compresses less
    };

    /// <summary>NSD 4.6 and BIND 9.18 are older than RFC 9471 §3.1: they leave out needed glue without TC.</summary>
    private static bool IsReferralWithoutGlue(Message ours, bool oursIsTruncated) =>
        oursIsTruncated && ours.Answers.Count == 0 && ours.Authorities.Count > 0 && !ours.Flags.HasFlag(HeaderBits.Authoritative);

    /// <summary>Each set of the answer is the whole set; only additional ones are missing when TC is clear.</summary>
    private static void MustBePartOf(AskedQuestion question, int size, byte[] small, byte[] whole)
    {
        Assert.True(small.Length <= size, $"{question}: {small.Length} octets");
        AnswerForm.MustHold(question, DnsExchange.Query(question.Name, question.Type), small);
        var (part, all) = (Read(small), Read(whole));
        var (sets, wholeSets) = (Sets(part), Sets(all));
        foreach (var (set, records) in sets)
            Assert.True(wholeSets[set] == records, $"{question} with {size}: {set} is not whole");
        if (!part.Flags.HasFlag(HeaderBits.Truncated))
            Assert.True((part.Answers.Count, part.Authorities.Count) == (all.Answers.Count, all.Authorities.Count), $"{question} with {size}: neither whole nor TC");
    }

    private static bool IsTruncated(byte[] answer) => (answer[2] & 2) != 0;

    private static Message Read(byte[] octets) => Message.TryRead(octets, out var message, out var error) ? message : throw new FormatException(error.ToString());

    private static Dictionary<(string Owner, ushort Type), int> Sets(Message message) => message.Answers.Concat(message.Authorities).Concat(message.Additionals)
        .GroupBy(record => (record.Owner.ToString(), record.Type))
        .ToDictionary(set => set.Key, set => set.Count());
}
