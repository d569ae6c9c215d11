using System.Text;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Peers;
using Xunit;

namespace Riad.Interop.Tests.Signed;

/// <summary>The same signed zones in four servers, every question to each with DO: our answer is everyone's, or the difference has a name.</summary>
public sealed class SignedAnswersTests(SignedZones served) : IClassFixture<SignedZones>
{
    private const int FewestAnswers = 5000;
    private const int MostShown = 10;

    /// <summary>A NS CNAME SOA MX TXT AAAA SRV DNAME DS RRSIG NSEC DNSKEY NSEC3 NSEC3PARAM, one that is not listed, and ANY.</summary>
    private static readonly ushort[] Types = [1, 2, 5, 6, 15, 16, 28, 33, 39, 43, 46, 47, 48, 50, 51, 65280, 255];

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void Answers_are_those_of_the_peer_or_the_difference_has_a_name(PeerKind kind)
    {
        using var peer = NameServerPeer.Start(kind, served.All);
        using var ours = new TcpAsker(served.Dns);
        using var theirs = new TcpAsker(peer.Endpoint);
        var (compared, differing, shown) = (0, 0, new StringBuilder());
        foreach (var zone in served.Tops)
        {
            foreach (var name in SignedQuestions.NamesOf(zone))
            {
                foreach (var type in Types)
                {
                    var query = SignedQuestions.Query(name, type, isRecursive: false);
                    var question = new AskedQuestion(name, type);
                    var mine = ours.Ask(query);
                    AnswerForm.MustHold(question, query, mine);
                    var (own, other) = (NormalAnswer.Of(mine), NormalAnswer.Of(theirs.Ask(query)));
                    compared++;
                    if (own != other && !SignedDifferences.Explain(kind, question, own, other) && ++differing <= MostShown)
                        shown.AppendLine($"{question}\nours {own}\n{kind} {other}\n");
                }
            }
        }
        Assert.True(compared >= FewestAnswers, $"only {compared} answers were compared");
        Assert.True(differing == 0, $"{differing} of {compared} answers differ without a reason:\n{shown}");
    }
}
