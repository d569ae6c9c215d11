using System.Text;
using Riad.Core;
using Riad.Dns.RateLimiting;
using Xunit;

namespace Riad.Dns.Tests.RateLimiting;

public sealed class RateLimiterTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private static IpAddress Ip(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text);

    private static RateLimitVerdict Count(RateLimiter limiter, string client = "192.0.2.1", ulong name = 1, ushort type = 1, AnswerCategory category = AnswerCategory.Positive, double seconds = 100) =>
        limiter.Count(Ip(client), name, type, category, Elapsed.FromSeconds(seconds));

    private static RateLimiter Exhausted(RateLimitOptions options)
    {
        var limiter = new RateLimiter(options, Key);
        for (var i = 0; i < options.AnswersPerSecond; i++)
            Assert.Equal(RateLimitVerdict.Send, Count(limiter));
        Assert.NotEqual(RateLimitVerdict.Send, Count(limiter));
        return limiter;
    }

    [Fact]
    public void A_second_of_credit_is_spent_and_comes_back_with_time()
    {
        var limiter = Exhausted(new() { AnswersPerSecond = 10, Slip = 0 });
        Assert.Equal(RateLimitVerdict.Drop, Count(limiter, seconds: 100.05));
        Assert.Equal(RateLimitVerdict.Send, Count(limiter, seconds: 100.1));
        Assert.Equal(RateLimitVerdict.Drop, Count(limiter, seconds: 100.1));
        Assert.Equal(10, Enumerable.Range(0, 20).Count(_ => Count(limiter, seconds: 102) is RateLimitVerdict.Send));
    }

    public static TheoryData<string, string, ulong, ushort, AnswerCategory, bool> Others => new()
    {
        // why                             client               name type category                  the same
        { "the same",                      "192.0.2.1",         1,   1,   AnswerCategory.Positive,  true },
        { "the same network",              "192.0.2.255",       1,   1,   AnswerCategory.Positive,  true },
        { "another network",               "192.0.3.1",         1,   1,   AnswerCategory.Positive,  false },
        { "another name",                  "192.0.2.1",         2,   1,   AnswerCategory.Positive,  false },
        { "another type",                  "192.0.2.1",         1,   28,  AnswerCategory.Positive,  false },
        { "another category",              "192.0.2.1",         1,   1,   AnswerCategory.NameError, false },
        { "IPv6",                          "2001:db8::1",       1,   1,   AnswerCategory.Positive,  false },
    };

    [Theory, MemberData(nameof(Others))]
    public void Only_identical_answers_to_one_network_count_together(string why, string client, ulong name, ushort type, AnswerCategory category, bool isSame)
    {
        var limiter = Exhausted(new() { AnswersPerSecond = 5 });
        Assert.True(isSame == Count(limiter, client, name, type, category) is not RateLimitVerdict.Send, why);
    }

    [Fact]
    public void An_IPv6_network_has_56_bits()
    {
        var limiter = new RateLimiter(new() { AnswersPerSecond = 1 }, Key);
        Assert.Equal(RateLimitVerdict.Send, Count(limiter, "2001:db8:0:1::1"));
        Assert.NotEqual(RateLimitVerdict.Send, Count(limiter, "2001:db8:0:ff::2"));
        Assert.Equal(RateLimitVerdict.Send, Count(limiter, "2001:db8:0:100::2"));
    }

    [Theory]
    [InlineData(0, "DDDDDD")]
    [InlineData(1, "TTTTTT")]
    [InlineData(2, "DTDTDT")]
    [InlineData(3, "TDDTDD")]
    public void Every_nth_limited_answer_slips(int slip, string expected)
    {
        var limiter = Exhausted(new() { AnswersPerSecond = 1, Slip = slip });
        if (slip == 2)
            Count(limiter); // Exhausted has counted one already
        if (slip == 3)
            Count(limiter);
        Assert.Equal(expected, string.Concat(Enumerable.Range(0, 6).Select(_ => Count(limiter).ToString()[0])));
    }

    [Fact]
    public void Loopback_is_left_alone_unless_asked_for()
    {
        var limiter = new RateLimiter(new() { AnswersPerSecond = 1 }, Key);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(RateLimitVerdict.Send, Count(limiter, "127.0.0.1")));
        limiter = new(new() { AnswersPerSecond = 1, IncludesLoopback = true }, Key);
        Count(limiter, "127.0.0.1");
        Assert.NotEqual(RateLimitVerdict.Send, Count(limiter, "127.0.0.1"));
    }

    [Fact]
    public void Time_that_wraps_leaves_no_trace()
    {
        var limiter = Exhausted(new() { AnswersPerSecond = 2, Slip = 0 });
        const double Wrap = (1L << 32) / 1e6; // seconds
        Assert.Equal(2, Enumerable.Range(0, 5).Count(_ => Count(limiter, seconds: 101 + Wrap) is RateLimitVerdict.Send));
        Assert.Equal(2, Enumerable.Range(0, 5).Count(_ => Count(limiter, seconds: 101 + (Wrap * 1.5)) is RateLimitVerdict.Send));
    }

    [Fact]
    public void A_flood_of_others_does_not_free_the_one_that_is_limited_soon()
    {
        var limiter = Exhausted(new() { AnswersPerSecond = 5, Slip = 0, TableLength = 1 << 12 });
        for (ulong name = 10; name < 500; name++)
            Count(limiter, name: name);
        Assert.Equal(RateLimitVerdict.Drop, Count(limiter));
    }

    [Theory]
    [InlineData(0, 2, 1 << 10)]
    [InlineData(2_000_000, 2, 1 << 10)]
    [InlineData(10, -1, 1 << 10)]
    [InlineData(10, 2, 1000)]
    [InlineData(10, 2, 2)]
    public void Options_out_of_range_are_refused(int perSecond, int slip, int table) =>
        Assert.Throws<ArgumentException>(() => new RateLimiter(new() { AnswersPerSecond = perSecond, Slip = slip, TableLength = table }, Key));
}
