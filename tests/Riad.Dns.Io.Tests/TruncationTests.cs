using FsCheck;
using FsCheck.Fluent;

namespace Riad.Dns.Io.Tests;

public sealed class TruncationTests
{
    public static TheoryData<string, string, string> Cuts => new()
    {
        // why                              answer                                                                      cut
        { "no octets",                      "",                                                                         "" },
        { "less than a header",             "0001 8180 0000 0000 0000 00",                                              "" },
        { "a header only",                  "0001 8180 0000 0001 0001 0001",                                            "0001 8380 0000 0000 0000 0000" },
        { "a question and an answer",       "0001 8180 0001 0001 0000 0000 0161 00 0001 0001 c00c 0001 0001 00000000",  "0001 8380 0001 0000 0000 0000 0161 00 0001 0001" },
        { "the root's question",            "0001 8180 0001 0000 0000 0001 00 0002 0001 00",                            "0001 8380 0001 0000 0000 0000 00 0002 0001" },
        { "a question that is cut itself",  "0001 8180 0001 0000 0000 0000 0561 62",                                    "" },
    };

    [Theory, MemberData(nameof(Cuts))]
    public void An_answer_is_cut_to_its_question(string why, string answer, string cut)
    {
        var octets = Hex(answer);

        var length = Truncation.CutToQuestion(octets);

        Assert.True(Hex(cut).AsSpan().SequenceEqual(octets.AsSpan(0, length)), why);
    }

    [Fact]
    public void Whatever_the_octets_the_cut_lies_inside_and_nothing_is_thrown() => Prop.ForAll<byte[]>(octets =>
    {
        var length = Truncation.CutToQuestion(octets);
        return length >= 0 && length <= octets.Length;
    }).QuickCheckThrowOnFailure();

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
