using System.Globalization;
using Xunit;

namespace Riad.Host.Tests;

public sealed class MachineFaultsTests
{
    public static TheoryData<string, string[], string[]> Sentences => new()
    {
        // why                      sentences                       what arrives
        { "none",                   [],                             [] },
        { "one",                    ["a: b"],                       ["a: b"] },
        { "two",                    ["a: b", "c"],                  ["a: b", "c"] },
        { "a line in a sentence",   ["a\nb"],                       ["a\\nb"] },
        { "a very long one",        [new('x', 3000)],               [new string('x', 2000) + "..."] },
    };

    [Theory, MemberData(nameof(Sentences))]
    public void Each_arrives_on_a_line_of_its_own(string why, string[] sentences, string[] arrives) =>
        Assert.Equal((why, string.Join('|', arrives)), (why, string.Join('|', MachineFaults.Read(MachineFaults.Write(sentences)))));

    [Fact]
    public void Very_many_fit_where_they_have_to()
    {
        var text = MachineFaults.Write(Enumerable.Range(0, 10_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number:00000} is wrong")));

        Assert.InRange(text.Length, 32_000, 32 * 1024);
        Assert.All(MachineFaults.Read(text), line => Assert.EndsWith(" is wrong", line, StringComparison.Ordinal));
    }
}
