using Riad.Host.Sandbox;
using Xunit;

namespace Riad.Host.Tests.Sandbox;

public sealed class WaitingSignalTests
{
    public static TheoryData<string, string, int, bool> States => new()
    {
        // why                        status                                                                                   signal  waits
        { "it waits",                 "Name:\tx\nSigPnd:\t8000000000000000\nShdPnd:\t0000000000000000\nSigBlk:\tfffffffe7ffbfeff\n", 64,     true },
        { "it is handled",            "Name:\tx\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000000\nSigBlk:\tffffffffffffffff\n", 64,     false },
        { "it is about to come",      "Name:\tx\nSigPnd:\t8000000000000000\nShdPnd:\t0000000000000000\nSigBlk:\t0000000000000000\n", 64,     false },
        { "another waits",            "Name:\tx\nSigPnd:\t4000000000000000\nShdPnd:\t0000000000000000\nSigBlk:\tffffffffffffffff\n", 64,     false },
        { "the first signal",         "Name:\tx\nSigPnd:\t0000000000000001\nShdPnd:\t0000000000000000\nSigBlk:\t0000000000000001\n", 1,      true },
        { "nothing to be read",       "",                                                                                      64,     false },
    };

    [Theory, MemberData(nameof(States))]
    public void Only_what_waits_and_is_blocked_will_not_come(string why, string status, int signal, bool waits) =>
        Assert.Equal((why, waits), (why, WaitingSignal.IsBlocked(status, signal)));

    [Fact]
    public void A_thread_that_has_ended_blocks_nothing() => Assert.False(WaitingSignal.IsBlocked(int.MaxValue, 64));
}
