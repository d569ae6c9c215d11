using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class KernelModulesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Devices_are_found_below_their_buses_and_not_through_links()
    {
        Add("pci0/usb1", "usb:v1");
        Add("pci0", "pci:v2");
        Directory.CreateSymbolicLink(folder.PathOf("pci0/usb1/up"), folder.Path);

        Assert.Equal(["pci:v2", "usb:v1"], KernelModules.Devices(folder.Path));
    }

    [Fact]
    public void A_device_that_is_pulled_out_while_it_is_looked_at_is_passed_over()
    {
        Add("a", "usb:v1");
        Add("b/c", "usb:v2");
        var found = KernelModules.Devices(folder.Path).GetEnumerator();
        Assert.True(found.MoveNext());
        Directory.Delete(folder.PathOf("a"), recursive: true);
        Directory.Delete(folder.PathOf("b"), recursive: true);

        while (found.MoveNext())
            Assert.StartsWith("usb:v", found.Current, StringComparison.Ordinal);
        Assert.Empty(KernelModules.Devices(folder.PathOf("nowhere")));
    }

    public void Dispose() => folder.Dispose();

    private void Add(string name, string alias)
    {
        Directory.CreateDirectory(folder.PathOf(name));
        File.WriteAllText(folder.PathOf(name + "/modalias"), alias + "\n");
    }
}
