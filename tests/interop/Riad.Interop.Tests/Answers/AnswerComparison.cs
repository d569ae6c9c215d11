using System.Text;
using Riad.Interop.Tests.Peers;
using Xunit;

namespace Riad.Interop.Tests.Answers;

/// <summary>Compares answer after answer of ours with a peer's, and keeps what no known difference explains.</summary>
internal sealed class AnswerComparison(PeerKind peer)
{
    private const int MostShown = 10;

    private readonly IReadOnlyList<PeerDifference> known = KnownDifferences.Of(peer);
    private readonly HashSet<PeerDifference> met = [];
    private readonly StringBuilder unexplained = new();
    private int compared;
    private int differing;

    public void Compare(AskedQuestion question, NormalAnswer ours, NormalAnswer theirs)
    {
        compared++;
        if (ours == theirs)
            return;
        var reasons = known.Where(difference => difference.Explains(question, ours, theirs)).ToList();
        met.UnionWith(reasons);
        if (reasons.Count == 0 && ++differing <= MostShown)
            unexplained.AppendLine($"{question}\nours {ours}\n{peer} {theirs}\n");
    }

    /// <summary>Fails unless enough was compared, every difference had a reason, and every reason was needed.</summary>
    public void MustHold(int least)
    {
        Assert.True(compared >= least, $"only {compared} answers were compared");
        Assert.True(differing == 0, $"{differing} of {compared} answers differ without a reason:\n{unexplained}");
        Assert.Equal(known.Select(difference => difference.Name), known.Where(met.Contains).Select(difference => difference.Name));
    }
}
