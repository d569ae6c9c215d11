using Riad.DnsSecondary.Following;
using Xunit;

namespace Riad.Appliances.Tests.Secondary;

/// <summary>How much a primary may send when the operator says nothing.</summary>
public sealed class TransferLimitsTests
{
    public static TheoryData<string, int, int, long, long, long> Limits => new()
    {
        // why                            --max-records  --max-transfer   memory, MiB   records       MiB
        { "a machine of its own",         0,             0,               192,          1_572_864,    96 },
        { "a container of 512 MiB",       0,             0,               384,          3_145_728,    192 },
        { "hardly any memory",            0,             0,               8,            100_000,      32 },
        { "a server",                     0,             0,               8192,         50_000_000,   4096 },
        { "a large one",                  0,             0,               1 << 20,      50_000_000,   4096 },
        { "as the operator says",         7,             8,               192,          7,            8 },
        { "more than there is, as said",  2_000_000_000, 1 << 20,         192,          2_000_000_000, 1 << 20 },
    };

    [Theory, MemberData(nameof(Limits))]
    public void Memory_sets_the_limits_that_the_operator_does_not(string why, int records, int mebibytes, long memory, long expectedRecords, long expectedMebibytes)
    {
        var limits = FollowingOptions.LimitsFor(records, mebibytes, memory << 20);

        Assert.Equal((why, expectedRecords, expectedMebibytes), (why, limits.MaxRecords, limits.MaxOctets >> 20));
    }
}
