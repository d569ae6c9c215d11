using Riad.Images.Records;
using Xunit;

namespace Riad.Images.Tests.Records;

public sealed class SourceDateTests
{
    [Theory]
    [InlineData("1767225600", "2026-01-01T00:00:00Z")]
    [InlineData("4294967295", "2106-02-07T06:28:15Z")]
    [InlineData("315532801",  "1980-01-01T00:00:01Z")]
    [InlineData("315532799",  "1980-01-01T00:00:00Z")]
    [InlineData("0",          "1980-01-01T00:00:00Z")]
    public void A_time_is_one_that_every_format_can_write(string text, string expected)
    {
        Assert.True(SourceDate.TryParse(text, out var time));

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
    }

    [Theory, InlineData(""), InlineData("x"), InlineData("-1"), InlineData("1.5"), InlineData(" 1"), InlineData("4294967296"), InlineData("99999999999999999999")]
    public void Anything_else_is_refused(string text) => Assert.False(SourceDate.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_again() => Assert.Equal("1767225600", SourceDate.Write(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
}
