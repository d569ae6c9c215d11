using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Tests.Serials;

public sealed class SerialResetTests
{
    public static TheoryData<string, uint, uint, uint[]> Plans => new()
    {
        // why                                                 served        target       steps (RFC 1982 §7)
        { "already there",                                     5,            5,           [] },
        { "newer: one step",                                   5,            6,           [6] },
        { "the longest step",                                  5,            0x80000004,  [0x80000004] },
        { "back by a lot: once around",                        2206112001,   2026112001,  [2206112001u - 0x80000001u, 2026112001] },
        { "back by two",                                       7,            5,           [0x80000006, 5] },
        { "back by one: twice half around is not enough",      6,            5,           [0x80000005, 4, 5] },
        { "a step would land on zero: one less",               0x80000001,   0x80000000,  [0xffffffff, 0x7ffffffe, 0x80000000] },
    };

    [Theory, MemberData(nameof(Plans))]
    public void Each_step_is_newer_for_every_secondary(string why, uint served, uint target, uint[] steps)
    {
        var plan = SerialReset.Plan(NewSoa(served), new(target));

        Assert.True(steps.SequenceEqual(plan.Select(step => step.Serial.Value)), $"{why}: {string.Join(' ', plan)}");
        Assert.All(plan.Zip(plan.Select(step => step.Serial).Prepend(new(served))), pair => Assert.True(pair.First.Serial.IsNewerThan(pair.Second)));
    }

    [Theory]
    [InlineData(5, 6, new[] { false })]
    [InlineData(5, 5 + (1 << 30), new[] { false })]
    [InlineData(5, 6 + (1 << 30), new[] { true })]
    [InlineData(2026112002, 5, new[] { true, false })]
    [InlineData(7, 5, new[] { true, true })]
    public void Step_that_a_push_takes_only_when_asked_is_marked(uint served, uint target, bool[] jumps)
    {
        Assert.Equal(jumps, SerialReset.Plan(NewSoa(served), new(target)).Select(step => step.IsJump));
    }

    [Fact]
    public void Between_steps_secondaries_get_time_to_ask_and_the_last_step_needs_none()
    {
        var plan = SerialReset.Plan(NewSoa(7), new(5));

        Assert.Equal((TimeSpan.FromSeconds(7200 + 900), TimeSpan.FromSeconds(1209600)), (plan[0].WaitAtLeast, plan[0].WaitSurely));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (plan[1].WaitAtLeast, plan[1].WaitSurely));
    }

    private static Soa NewSoa(uint serial) => new(DomainName.Root, DomainName.Root, new(serial), 7200, 900, 1209600, 300);
}
