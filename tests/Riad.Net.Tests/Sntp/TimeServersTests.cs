using System.Text;
using Riad.Core;
using Riad.Net.Sntp;

namespace Riad.Net.Tests.Sntp;

public sealed class TimeServersTests
{
    private const ulong Nonce = 0x0123456789abcdef;

    private static readonly IpAddress First = Address("192.0.2.1"), Second = Address("2001:db8::1");

    public static TheoryData<string, string, bool, TimeOutcome> Kisses => new()
    {
        // what                     begin, code, nonce                                              read    outcome
        { "DENY",                   "e4000000 0000000000000000 44454e59 0000000000000000 0123456789abcdef", true, TimeOutcome.Refused },
        { "RSTR",                   "e4000000 0000000000000000 52535452 0000000000000000 0123456789abcdef", true, TimeOutcome.Refused },
        { "RATE",                   "e4000000 0000000000000000 52415445 0000000000000000 0123456789abcdef", true, TimeOutcome.AskLess },
        { "INIT",                   "e4000000 0000000000000000 494e4954 0000000000000000 0123456789abcdef", true, TimeOutcome.Silent },
        { "DENY of a stranger",     "e4000000 0000000000000000 44454e59 0000000000000000 0123456789abcdee", false, TimeOutcome.Silent },
        { "the time",               "24010000 0000000000000000 47505300 0000000000000000 0123456789abcdef", false, TimeOutcome.Silent },
        { "a question",             "23000000 0000000000000000 44454e59 0000000000000000 0123456789abcdef", false, TimeOutcome.Silent },
    };

    [Theory, MemberData(nameof(Kisses))]
    public void A_kiss_of_death_says_whether_to_ask_again(string what, string octets, bool isRead, TimeOutcome outcome)
    {
        byte[] answer = [.. Hex.Octets(octets), .. new byte[16]];

        Assert.Equal((what, isRead, outcome), (what, KissOfDeath.TryRead(answer, Nonce, out var read), read));
        Assert.False(KissOfDeath.TryRead(answer.AsSpan()[..47], Nonce, out _));
    }

    [Fact]
    public void A_silent_server_is_asked_less_and_less_often()
    {
        var (servers, now, waits) = (TimeServers.None, default(Elapsed), new List<double>());
        for (var count = 0; count < 8; count++)
        {
            servers = servers.After(First, TimeOutcome.Silent, now);
            waits.Add(WaitFor(servers, First, now));
            now += TimeSpan.FromSeconds(waits[^1]);
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 960, 960], waits);
        Assert.Equal(30, WaitFor(servers.After(First, TimeOutcome.Answered, now).After(First, TimeOutcome.Silent, now), First, now));
    }

    [Fact]
    public void One_that_wants_to_be_asked_less_is_and_one_that_refuses_is_never_asked_again()
    {
        const double Minute = 60, Day = 86_400;
        var now = default(Elapsed);
        var servers = TimeServers.None.After(First, TimeOutcome.AskLess, now);
        Assert.Equal(128 * Minute, WaitFor(servers, First, now));
        Assert.Equal(256 * Minute, WaitFor(servers.After(First, TimeOutcome.AskLess, now), First, now));
        for (var count = 0; count < 10; count++)
            servers = servers.After(First, TimeOutcome.AskLess, now);
        Assert.Equal(Day, WaitFor(servers, First, now));

        servers = servers.After(First, TimeOutcome.Refused, now);
        Assert.False(servers.MayAsk(First, Elapsed.FromSeconds(1000 * Day)));
        Assert.True(servers.MayAsk(Second, now));
        // Somebody names it anew.
        Assert.True(servers.Only([Second]).Only([First]).MayAsk(First, now));
    }

    [Fact]
    public void An_answer_is_good_for_64_minutes() => Assert.Equal(3840, WaitFor(TimeServers.None.After(First, TimeOutcome.Answered, default), First, default));

    // By halves of a second, the first at which it may be asked.
    private static double WaitFor(TimeServers servers, IpAddress server, Elapsed now)
    {
        var (low, high) = (0L, 400_000L);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = servers.MayAsk(server, now + TimeSpan.FromSeconds(middle / 2.0)) ? (low, middle) : (middle + 1, high);
        }
        return low / 2.0;
    }

    private static IpAddress Address(string text)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address));
        return address;
    }
}
