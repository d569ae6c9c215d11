using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Answers;

/// <summary>The same zones in four servers, every question to each: our answer is everyone's, or the difference has a name.</summary>
public sealed class SameAnswersTests
{
    private const int FewestQuestions = 10_000;

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void Answers_are_those_of_the_peer_or_the_difference_has_a_name(PeerKind kind)
    {
        using var folder = new ZoneRepositoryFolder(QuestionList.Zones);
        using var appliance = RunningAppliance.Start(folder.State, "--repository", folder.Repository);
        using var peer = NameServerPeer.Start(kind, QuestionList.Zones);
        using var ours = new TcpAsker(appliance.Dns);
        using var theirs = new TcpAsker(peer.Endpoint);

        var comparison = new AnswerComparison(kind);
        foreach (var question in QuestionList.Questions)
        {
            var query = DnsExchange.Query(question.Name, question.Type);
            var mine = ours.Ask(query);
            AnswerForm.MustHold(question, query, mine);
            comparison.Compare(question, NormalAnswer.Of(mine), NormalAnswer.Of(theirs.Ask(query)));
        }
        comparison.MustHold(FewestQuestions);
    }
}
