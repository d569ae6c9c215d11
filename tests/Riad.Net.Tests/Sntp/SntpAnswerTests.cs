using FsCheck;
using FsCheck.Fluent;
using Riad.Net.Sntp;

namespace Riad.Net.Tests.Sntp;

public sealed class SntpAnswerTests
{
    private const ulong Nonce = 0x0123456789abcdef;

    // 2026-11-21T00:00:00Z is 0xeeab5d80 seconds after 1900.
    private static readonly DateTimeOffset Midnight = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
    private const string Good = "24 01 06 ec 00000000 00000000 47505300 eeab5d7f00000000 0123456789abcdef eeab5d8000000000 eeab5d8080000000";

    [Fact]
    public void The_question_tells_nothing_but_its_nonce()
    {
        var question = new byte[SntpAnswer.MessageOctets];
        SntpAnswer.WriteQuestion(Nonce, question);

        Assert.Equal("23" + new string('0', 78) + "0123456789abcdef", Convert.ToHexStringLower(question));
    }

    [Fact]
    public void The_offset_is_the_middle_of_both_ways()
    {
        // Our clock stands ten seconds behind; a quarter of a second each way, and the server thought for half a second.
        Assert.True(SntpAnswer.TryRead(Hex.Octets(Good), Nonce, Midnight.AddSeconds(-10.25), Midnight.AddSeconds(-9.25), out var answer));
        Assert.Equal(new SntpAnswer(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(0.5), 1), answer);
    }

    [Fact]
    public void The_second_era_begins_in_2036()
    {
        // 2040-01-01T00:00:00Z is 0x0754fd00 seconds after the end of the first era.
        Assert.True(SntpAnswer.TryRead(Hex.Octets("24 02" + new string('0', 44) + "0123456789abcdef 0754fd0000000000 0754fd0000000000"), Nonce, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, out var answer));
        Assert.Equal(new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.UnixEpoch + answer.Offset);
    }

    public static TheoryData<string, string> Refused => new()
    {
        // why                                octets
        { "nothing",                          "" },
        { "an octet short",                   Good[..^2] },
        { "a question",                       "23" + Good[2..] },
        { "a server that does not know",      "e4" + Good[2..] },
        { "version 2",                        "14" + Good[2..] },
        { "a kiss of death",                  "24 00" + Good[5..] },
        { "stratum 16",                       "24 10" + Good[5..] },
        { "an answer to somebody else",       Good.Replace("abcdef", "abcdee", StringComparison.Ordinal) },
        { "no time of sending",               Good.Replace("eeab5d8080000000", "0000000000000000", StringComparison.Ordinal) },
        { "no time of receiving",             Good.Replace("eeab5d8000000000", "0000000000000000", StringComparison.Ordinal) },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_is_no_answer_to_us_is_refused(string why, string octets) =>
        Assert.False(SntpAnswer.TryRead(Hex.Octets(octets), Nonce, Midnight, Midnight, out _), why);

    [Fact]
    public void Read_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        byte[] answer = [.. Hex.Octets(Good)[..32], .. octets, .. new byte[16]];
        return !SntpAnswer.TryRead(answer, Nonce, Midnight, Midnight, out var read) || read.Stratum == 1;
    }).QuickCheckThrowOnFailure();
}
