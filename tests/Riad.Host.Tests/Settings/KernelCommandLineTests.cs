using FsCheck;
using FsCheck.Fluent;
using Riad.Host.Settings;
using Xunit;

namespace Riad.Host.Tests.Settings;

public sealed class KernelCommandLineTests
{
    public static TheoryData<string, string, string> Lines => new()
    {
        // why                             line                                                         settings
        { "nothing",                       "",                                                          "" },
        { "words of others",               "root=/dev/vda console=ttyS0 quiet",                         "" },
        { "one among others",              "quiet riad.listen=192.0.2.1:53 console=ttyS0\n",            "riad.listen>192.0.2.1:53" },
        { "a value with '='",              "riad.users=a=b",                                            "riad.users>a=b" },
        { "no value",                      "riad.public-read",                                          "riad.public-read>" },
        { "twice",                         "riad.listen=a riad.listen=b",                               "riad.listen>a|riad.listen>b" },
        { "quoted value",                  "riad.http=\"a b\" x",                                       "riad.http>a b" },
        { "quoted word",                   "\"riad.http=a b\" x",                                       "riad.http>a b" },
        { "quote that is never closed",    "riad.http=\"a b",                                           "riad.http>a b" },
        { "only the prefix of a name",     "riadx.listen=a notriad.listen=b",                           "" },
    };

    [Theory, MemberData(nameof(Lines))]
    public void Only_words_that_begin_with_riad_are_settings(string why, string line, string settings) =>
        Assert.Equal((why, settings), (why, string.Join('|', KernelCommandLine.Read(line).Select(pair => $"{pair.Key}>{pair.Value}"))));

    [Fact]
    public void Read_never_throws_whatever_the_line() => Prop.ForAll<string>(line =>
        KernelCommandLine.Read(line ?? "").All(pair => pair.Key.StartsWith("riad.", StringComparison.Ordinal))).QuickCheckThrowOnFailure();
}
