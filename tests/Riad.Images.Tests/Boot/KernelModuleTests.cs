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

    public static TheoryData<string, string, string[]> Softly => new()
    {
        { "nothing",               "depends=a\0",                                          [] },
        { "two before",            "softdep=pre: crypto-crc32c realtek\0",                 ["crypto-crc32c", "realtek"] },
        { "one before, one after", "softdep=pre: a post: b\0",                             ["a"] },
        { "one after",             "softdep=post: b\0",                                    [] },
        { "said twice",            "softdep=pre: a\0depends=\0softdep=pre: b\0",          ["a", "b"] },
    };

    [Theory, MemberData(nameof(Softly))]
    public void A_module_says_what_should_be_there_before(string why, string words, string[] expected)
    {
        Assert.True(KernelModule.TryRead("x.ko", SampleFiles.Module(".modinfo", words), out var module), why);
        Assert.Equal(expected, module.SoftNeeds);
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

    [Fact]
    public void What_should_be_there_before_is_chosen_by_name_or_alias_and_loaded_before()
    {
        KernelModule[] kernel =
        [
            new("kernel/fs/ext4.ko", "ext4", ["jbd2"], ["fs-ext4"]) { SoftNeeds = ["crypto-crc32c", "nowhere"] }, new("kernel/fs/jbd2.ko", "jbd2", [], []) { SoftNeeds = ["crypto-crc32c"] },
            new("kernel/crypto/crc32c_generic.ko", "crc32c_generic", [], ["crypto-crc32c"]), new("kernel/arch/arm64/crypto/crc32-ce.ko", "crc32_ce", [], ["crypto-crc32c"]),
            new("kernel/net/r8169.ko", "r8169", [], []) { SoftNeeds = ["realtek-phy"] }, new("kernel/net/realtek-phy.ko", "realtek_phy", [], []),
        ];

        var chosen = ModuleSet.Choose(kernel, ["ext4", "r8169"]);

        Assert.Equal(
            "kernel/crypto/crc32c_generic.ko:\nkernel/fs/ext4.ko: kernel/fs/jbd2.ko kernel/crypto/crc32c_generic.ko\nkernel/fs/jbd2.ko: kernel/crypto/crc32c_generic.ko\n" +
            "kernel/net/r8169.ko: kernel/net/realtek-phy.ko\nkernel/net/realtek-phy.ko:\n", chosen.DescribeNeeds());
    }

    [Fact]
    public void Modules_that_would_both_be_second_are_loaded_all_the_same()
    {
        KernelModule[] kernel = [new("k/a.ko", "a", [], ["x"]) { SoftNeeds = ["b", "x"] }, new("k/b.ko", "b", [], []) { SoftNeeds = ["a"] }];

        Assert.Equal("k/a.ko: k/b.ko\nk/b.ko: k/a.ko\n", ModuleSet.Choose(kernel, ["a"]).DescribeNeeds());
    }

    private static byte[] Change(byte[] file, int place, byte octet)
    {
        file[place] = octet;
        return file;
    }
}
