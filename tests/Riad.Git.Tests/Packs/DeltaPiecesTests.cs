using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Packs;
using Xunit;

namespace Riad.Git.Tests.Packs;

public sealed class DeltaPiecesTests
{
    public static TheoryData<string, int[], int, int> Changes => new()
    {
        // why                          start, end, octets that come instead; ...   pieces      new octets
        { "nothing",                    [],                                         1,          0 },
        { "behind the end",             [10, 10, 3],                                2,          3 },
        { "behind that",                [10, 10, 3, 13, 13, 4],                     2,          7 },
        { "at the start",               [0, 0, 1],                                  2,          1 },
        { "in the middle",              [4, 6, 5],                                  3,          5 },
        { "taken away",                 [4, 6, 0],                                  2,          0 },
        { "taken away again",           [10, 10, 3, 9, 13, 0],                      1,          0 },
        { "over what came before",      [2, 4, 9, 3, 5, 1],                         3,          8 },
        { "all of it",                  [0, 10, 2],                                 1,          2 },
    };

    [Theory, MemberData(nameof(Changes))]
    public void Pieces_are_those_of_the_base_that_are_left_and_new_ones(string why, int[] changes, int pieces, int newOctets)
    {
        var followed = new DeltaPieces(10);
        foreach (var change in changes.Chunk(3))
            followed.Replace(change[0], change[1], change[2]);

        Assert.True(pieces == followed.Pieces.Count, $"{why}: {string.Join(' ', followed.Pieces)}");
        Assert.True(newOctets == followed.NewOctets, why);
    }

    [Fact]
    public void The_delta_of_the_pieces_gives_the_text_whatever_was_changed() => Prop.ForAll<byte[], (byte, byte, byte[])[]>((content, changes) =>
    {
        var (pieces, text) = (new DeltaPieces(content.Length), content.ToList());
        foreach (var (from, count, octets) in changes)
        {
            var start = from % (text.Count + 1);
            var end = start + (count % (text.Count - start + 1));
            pieces.Replace(start, end, octets.Length);
            text.RemoveRange(start, end - start);
            text.InsertRange(start, octets);
        }
        var result = new byte[text.Count];
        return Delta.TryApply(content, pieces.ToDelta(text.ToArray()).Span, result) && result.AsSpan().SequenceEqual(text.ToArray())
            && pieces.NewOctets == pieces.Pieces.Where(piece => piece.IsNew).Sum(piece => piece.Octets);
    }).QuickCheckThrowOnFailure();
}
