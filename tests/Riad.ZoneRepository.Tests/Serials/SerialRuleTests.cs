using Riad.Dns.Records;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Tests.Serials;

public sealed class SerialRuleTests
{
    private const uint Far = 1u << 30;

    public static TheoryData<string, uint, uint, uint, bool, string, string> ServedZones => new()
    {
        // why                                               written     file before  served      records  lenient            strict
        { "comments alone",                                  5,          5,           5,          false,   "keep 5",          "keep 5" },
        { "records changed, serial forgotten",               5,          5,           5,          true,    "raise 6",         "refuse NotRaised" },
        { "records and serial changed",                      6,          5,           5,          true,    "serve 6",         "serve 6" },
        { "the serial alone changed",                        6,          5,           5,          false,   "serve 6",         "serve 6" },
        { "comments, after the server raised it",            5,          5,           7,          false,   "keep 7",          "keep 7" },
        { "records, after the server raised it",             5,          5,           7,          true,    "raise 8",         "refuse NotRaised" },
        { "the person caught up, nothing else",              7,          5,           7,          false,   "keep 7",          "keep 7" },
        { "the person caught up, and changed records",       7,          5,           7,          true,    "raise 8",         "refuse NotRaised" },
        { "the person raised it, but not enough",            6,          5,           7,          true,    "raise 8 back",    "refuse WentBack" },
        { "the person raised it above the server's",         8,          5,           7,          true,    "serve 8",         "serve 8" },
        { "back, records changed",                           3,          5,           5,          true,    "raise 6 back",    "refuse WentBack" },
        { "back, nothing else",                              3,          5,           5,          false,   "keep 5 back",     "refuse WentBack" },
        { "to zero",                                         0,          5,           5,          true,    "raise 6 back",    "refuse Zero" },
        { "zero lies ahead on the circle",                   0,          0xfffffff0,  0xfffffff0, true,    "raise 4294967281", "refuse Zero" },
        { "around the circle",                               1,          0xffffffff,  0xffffffff, true,    "serve 1",         "serve 1" },
        { "the next one is never zero",                      0xffffffff, 0xffffffff,  0xffffffff, true,    "raise 1",         "refuse NotRaised" },
        { "exactly 2^30 ahead",                              5 + Far,    5,           5,          true,    "serve 1073741829", "serve 1073741829" },
        { "one more than 2^30",                              6 + Far,    5,           5,          true,    "refuse Jump",     "refuse Jump" },
        { "the longest step there is",                       4 + 2 * Far, 5,          5,          true,    "refuse Jump",     "refuse Jump" },
        { "2^31 away: neither is newer",                     5 + 2 * Far, 5,          5,          true,    "raise 6 back",    "refuse WentBack" },
        { "after a reset the untouched line lies ahead",     900,        900,         1,          false,   "keep 1",          "keep 1" },
        { "after a reset, records changed",                  900,        900,         1,          true,    "raise 2",         "refuse NotRaised" },
    };

    public static TheoryData<string, uint, uint, uint, string, string> ReturningZones => new()
    {
        // why                                       written    file before  served  lenient          strict
        { "the same file again",                     5,         5,           5,      "raise 6",       "refuse NotRaised" },
        { "the same file, which had been raised",    5,         5,           7,      "raise 8",       "refuse NotRaised" },
        { "a new beginning",                         1,         5,           7,      "raise 8 back",  "refuse WentBack" },
        { "a newer one",                             8,         5,           7,      "serve 8",       "serve 8" },
        { "a jump",                                  8 + Far,   5,           7,      "refuse Jump",   "refuse Jump" },
    };

    [Theory, MemberData(nameof(ServedZones))]
    public void A_served_zone_gets_this_serial(string why, uint written, uint before, uint served, bool recordsChanged, string lenient, string strict)
    {
        var last = new LastSerial(new(served), new(before));

        Assert.True(lenient == Describe(SerialRule.ForServed(new(written), last, recordsChanged, new(Strict: false, AllowJump: false))), why);
        Assert.True(strict == Describe(SerialRule.ForServed(new(written), last, recordsChanged, new(Strict: true, AllowJump: false))), why + ", strict");
    }

    [Theory, MemberData(nameof(ReturningZones))]
    public void A_returning_zone_goes_on_from_its_last_serial(string why, uint written, uint before, uint served, string lenient, string strict)
    {
        var last = new LastSerial(new(served), new(before));

        Assert.True(lenient == Describe(SerialRule.ForReturning(new(written), last, new(Strict: false, AllowJump: false))), why);
        Assert.True(strict == Describe(SerialRule.ForReturning(new(written), last, new(Strict: true, AllowJump: false))), why + ", strict");
    }

    [Theory]
    [InlineData(2026112001, false, "serve 2026112001")]
    [InlineData(4294967295, true, "serve 4294967295")]
    [InlineData(0, false, "raise 1")]
    [InlineData(0, true, "refuse Zero")]
    public void A_new_zone_gets_what_is_written_but_never_zero(uint written, bool strict, string expected) =>
        Assert.Equal(expected, Describe(SerialRule.ForNew(new(written), new(strict, AllowJump: false))));

    [Fact]
    public void A_jump_that_is_meant_is_served() =>
        Assert.Equal(new SerialVerdict.AsWritten(new(6 + Far)), SerialRule.ForServed(new(6 + Far), new(new(5), new(5)), recordsChanged: true, new(Strict: true, AllowJump: true)));

    [Fact]
    public void Changed_records_are_never_served_under_a_serial_that_is_not_newer_and_never_under_zero()
    {
        uint[] corners = [0, 1, 2, Far - 1, Far, Far + 1, (2 * Far) - 1, 2 * Far, (2 * Far) + 1, uint.MaxValue - 1, uint.MaxValue];
        foreach (var (written, before, served) in from a in corners from b in corners from c in corners where c != 0 select (a, b, c))
        {
            foreach (var options in new SerialOptions[] { new(false, false), new(false, true), new(true, false), new(true, true) })
            {
                var verdict = SerialRule.ForServed(new(written), new(new(served), new(before)), recordsChanged: true, options);
                var next = verdict switch
                {
                    SerialVerdict.AsWritten given => given.Serial,
                    SerialVerdict.Raised raised => raised.Serial,
                    SerialVerdict.Refused => new Serial(served).Next,
                    _ => new Serial(served),
                };
                Assert.True(next.IsNewerThan(new(served)) && next.Value != 0, $"{written} {before} {served} {options} {verdict}");
            }
        }
    }

    private static string Describe(SerialVerdict verdict) => verdict switch
    {
        SerialVerdict.Unchanged unchanged => $"keep {unchanged.Serial}{(unchanged.WentBack ? " back" : "")}",
        SerialVerdict.AsWritten written => $"serve {written.Serial}",
        SerialVerdict.Raised raised => $"raise {raised.Serial}{(raised.WentBack ? " back" : "")}",
        SerialVerdict.Refused refused => $"refuse {refused.Fault}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
