using Microsoft.Extensions.Logging;
using Riad.Host.Logging;
using Xunit;

namespace Riad.Host.Tests.Logging;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 21, 3, 4, 5, 678, TimeSpan.Zero);

    public static TheoryData<string, string, object?[], string> Lines => new()
    {
        // why                        template                                  values                           line
        { "plain",                    "reloading",                              [],                              "reloading" },
        { "facts",                    "zone loaded zone={Zone} serial={Serial}", ["example.org", 7],             "zone loaded zone=example.org serial=7" },
        { "space in a fact",          "refused reason={Reason}",                ["no such zone"],                "refused reason=\"no such zone\"" },
        { "empty fact",               "refused reason={Reason}",                [""],                            "refused reason=\"\"" },
        { "quote in a fact",          "refused reason={Reason}",                ["a \"b\" \\c"],                 "refused reason=\"a \\\"b\\\" \\\\c\"" },
        { "fact that is missing",     "from={From}",                            [null],                          "from=none" },
        { "in a sentence",            "{Zone} is gone",                         ["example.org"],                 "example.org is gone" },
        { "a line break",             "push by={User}",                         ["ada\nfake line"],              "push by=\"ada\\nfake line\"" },
        { "a terminal's escape",      "push by={User}",                         ["\u001b[31mred"],               "push by=\\u001b[31mred" },
        { "a bidirectional override", "push by={User}",                         ["a\u202eb"],                    "push by=a\\u202eb" },
        { "a number's culture",       "took={Seconds}",                         [0.5],                           "took=0.5" },
    };

    [Theory, MemberData(nameof(Lines))]
    public void An_event_is_one_line_of_words_and_facts(string why, string template, object?[] values, string line) =>
        Assert.Equal((why, $"2026-11-21T03:04:05.678Z warning {line}\n"), (why, Write(toJournal: false, logger => logger.LogWarning(template, values))));

    [Theory]
    [InlineData(LogLevel.Critical, "<2>")]
    [InlineData(LogLevel.Error, "<3>")]
    [InlineData(LogLevel.Warning, "<4>")]
    [InlineData(LogLevel.Information, "<6>")]
    public void In_the_journal_the_level_stands_first_as_systemd_reads_it(LogLevel level, string prefix) =>
        Assert.Equal(prefix + "words\n", Write(toJournal: true, logger => logger.Log(level, "words")));

    [Fact]
    public void An_exception_stays_on_the_line() => Assert.Matches(
        @"^<3>it failed exception=InvalidOperationException message=two\\nlines at="".*""\n$",
        Write(toJournal: true, logger => logger.LogError(Thrown("two\nlines"), "it failed")));

    [Fact]
    public void What_is_less_important_than_asked_for_is_not_written() =>
        Assert.Equal("", Write(toJournal: true, logger => logger.LogDebug("words")));

    [Fact]
    public void What_the_frameworks_call_information_is_not_written() =>
        Assert.Equal("", Write(toJournal: true, logger => logger.LogInformation("words"), "Microsoft.AspNetCore.Server.Kestrel"));

    private static string Write(bool toJournal, Action<ILogger> log, string category = "dns")
    {
        using var text = new StringWriter();
        using var provider = new LineLoggerProvider(text, LogLevel.Information, toJournal, new StillClock(Moment));
        log(provider.CreateLogger(category));
        return text.ToString();
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
