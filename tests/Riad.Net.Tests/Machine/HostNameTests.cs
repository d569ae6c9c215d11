using Riad.Net.Machine;

namespace Riad.Net.Tests.Machine;

public sealed class HostNameTests
{
    private static readonly string Long = new('x', 63);

    public static TheoryData<string, string, string> Names => new()
    {
        // why                     name                            what the machine calls itself
        { "short",                 "ns1.example.org",              "ns1.example.org" },
        { "of full length",        Long + "y",                     Long + "y" },
        { "with a long domain",    "ns1." + Long + ".example",     "ns1" },
        { "a label too long",      Long + "yz.example",            Long + "y" },
        { "cut at a hyphen",       Long + "-z",                    Long },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_name_that_is_too_long_for_the_kernel_is_still_a_name(string why, string name, string fitting) =>
        Assert.Equal((why, fitting), (why, HostName.Fit(name)));
}
