using System.Text;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class DeviceWatchTests
{
    public static TheoryData<string, string, bool> Events => new()
    {
        // why                             event, with | in place of zeros                                                                is news
        { "a device with a module",        "add@/devices/pci0000:00/virtio3|ACTION=add|SUBSYSTEM=virtio|MODALIAS=virtio:d00000001v00001AF4|", true },
        { "a device without a module",     "add@/devices/virtual/net/eth1|ACTION=add|SUBSYSTEM=net|",                                     false },
        { "one that goes",                 "remove@/devices/pci0000:00/virtio3|ACTION=remove|MODALIAS=virtio:d00000001v00001AF4|",         false },
        { "a module",                      "add@/module/virtio_net|ACTION=add|SUBSYSTEM=module|",                                         false },
        { "nothing",                       "",                                                                                            false },
    };

    [Theory, MemberData(nameof(Events))]
    public void Only_a_device_that_a_module_may_be_for_is_looked_after(string why, string heard, bool isNews) =>
        Assert.Equal((why, isNews), (why, DeviceWatch.IsNews(Encoding.ASCII.GetBytes(heard.Replace('|', '\0')))));
}
