using Riad.Net.Machine;

namespace Riad.Net.Tests.Machine;

public sealed class DiskChoiceTests
{
    public static TheoryData<string, string, string, string> Choices => new()
    {
        // why                             wanted        file systems, with their labels           chosen
        { "nothing",                       "riad-data",  "",                                        "missing" },
        { "another label",                 "riad-data",  "vda:root",                                "missing" },
        { "by label",                      "riad-data",  "vda:root vda2:riad-data",                 "/dev/vda2" },
        { "by device, whatever its label", "/dev/vda",   "vda:root vda2:riad-data",                 "/dev/vda" },
        { "two of a label",                "riad-data",  "vda2:riad-data vdb:riad-data vdc:x",      "/dev/vda2 or /dev/vdb" },
    };

    [Theory, MemberData(nameof(Choices))]
    public void The_disk_is_chosen_by_label_or_device_and_never_guessed(string why, string wanted, string fileSystems, string chosen)
    {
        var found = fileSystems.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(':')).Select(each => ("/dev/" + each[0], new Ext4Superblock(each[1], 4096, 16384)));

        Assert.Equal((why, chosen), (why, DiskChoice.Of(wanted, found) switch
        {
            DiskChoice.Found(var device, _) => device,
            DiskChoice.Several(var devices) => string.Join(" or ", devices),
            _ => "missing",
        }));
    }

    [Theory]
    [InlineData(false, false, false, 0)]
    [InlineData(true, false, false, 15)]
    [InlineData(false, true, false, 15)]
    [InlineData(false, false, true, 5)]
    [InlineData(false, true, true, 15)]
    public void A_disk_is_waited_for_where_one_may_come(bool isNamed, bool mayFollow, bool hasUsb, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DiskChoice.WaitFor(isNamed, mayFollow, hasUsb));
}
