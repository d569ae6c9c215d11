using Riad.Host.Pages;
using Xunit;

namespace Riad.Appliances.Tests.Pages;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(89, "89 seconds")]
    [InlineData(90, "1 minute")]
    [InlineData(3600, "60 minutes")]
    [InlineData(5400, "1 hour")]
    [InlineData(35 * 3600, "35 hours")]
    [InlineData(36 * 3600, "1 day")]
    [InlineData(400 * 86400, "400 days")]
    public void Span_is_told_in_its_largest_fitting_unit(int seconds, string words) => Assert.Equal(words, Words.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.05, "< 0.1")]
    [InlineData(0.1, "0.1")]
    [InlineData(9.94, "9.9")]
    [InlineData(10.9, "10")]
    [InlineData(1234567.8, "1,234,567")]
    public void Rate_is_as_exact_as_a_person_needs(double rate, string words) => Assert.Equal(words, Words.Rate(rate));
}
