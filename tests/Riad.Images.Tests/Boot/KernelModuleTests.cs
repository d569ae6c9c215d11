using FsCheck;
using FsCheck.Fluent;
using Riad.Images.Boot;
using Xunit;

namespace Riad.Images.Tests.Boot;

public sealed class KernelModuleTests
{
    [Fact]
    public void A_module_says_what_it_needs_and_what_it_drives()
    {
        var file = SampleFiles.Module(".modinfo", "license=GPL\0alias=virtio:d00000001v*\0depends=net_failover,virtio-ring\0alias=x y\0");

        Assert.True(KernelModule.TryRead("kernel/drivers/net/virtio-net.ko", file, out var module));
        Assert.Equal(new("kernel/drivers/net/virtio-net.ko", "virtio_net", ["net_failover", "virtio_ring"], ["virtio:d00000001v*", "x y"]), module);
    }

    public static TheoryData<string, byte[]> NoModules => new()
    {
        { "empty",                    [] },
        { "text",                     "#!/bin/sh\n"u8.ToArray() },
        { "no words",                 SampleFiles.Module(".modinf", "depends=a\0") },
        { "a longer name",            SampleFiles.Module(".modinfos", "depends=a\0") },
        { "32 bits",                  Change(SampleFiles.Module(".modinfo", ""), 4, 1) },
        { "high octets first",        Change(SampleFiles.Module(".modinfo", ""), 5, 2) },
        { "a table behind the end",   Change(SampleFiles.Module(".modinfo", ""), 41, 0xFF) },
        { "too many sections",        Change(SampleFiles.Module(".modinfo", ""), 60, 0xFF) },
        { "names of no section",      Change(SampleFiles.Module(".modinfo", ""), 62, 3) },
    };

    [Theory, MemberData(nameof(NoModules))]
    public void Anything_else_is_no_module(string why, byte[] file) => Assert.False(KernelModule.TryRead("x.ko", file, out _), why);

    [Fact]
    public void Whatever_octet_is_changed_nothing_is_thrown() => Prop.ForAll<int, byte>((place, octet) =>
    {
        var file = SampleFiles.Module(".modinfo", "depends=a\0alias=b\0");
        KernelModule.TryRead("x.ko", Change(file, (int)((uint)place % (uint)file.Length), octet), out _);
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_chosen_brings_what_it_needs_and_nothing_else()
    {
        KernelModule[] kernel =
        [
            new("k/net.ko", "net", ["ring", "fail"], ["pci:1"]), new("k/fail.ko", "fail", ["core"], []), new("k/core.ko", "core", [], []), new("k/ring.ko", "ring", ["core"], []), new("k/other.ko", "other", [], ["pci:2"]),
        ];

        var chosen = ModuleSet.Choose(kernel, ["net", "built-in"]);

        Assert.Equal("k/core.ko:\nk/fail.ko: k/core.ko\nk/net.ko: k/fail.ko k/ring.ko k/core.ko\nk/ring.ko: k/core.ko\n", chosen.DescribeNeeds());
        Assert.Equal("alias pci:1 net\n", chosen.DescribeAliases());
    }

    private static byte[] Change(byte[] file, int place, byte octet)
    {
        file[place] = octet;
        return file;
    }
}
