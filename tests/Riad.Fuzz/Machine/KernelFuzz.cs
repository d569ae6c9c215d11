using System.Text;
using Riad.Net.Machine;
using Riad.Net.Netlink;
using Riad.Net.Sntp;

namespace Riad.Fuzz.Machine;

/// <summary>What a machine's first process reads from its kernel, its disks and a time server.</summary>
internal sealed class KernelFuzz : IFuzzTarget
{
    public string Name => "kernel";

    public IEnumerable<byte[]> Seeds =>
    [
        Convert.FromHexString("2400000002000000070000000000000000000000200000001000050007000000 00000000".Replace(" ", "", StringComparison.Ordinal)),
        Convert.FromHexString("340000001000000000000000000000000000010002000000431001000000000014001a0010000a0008000100c000000000000000"),
        Convert.FromHexString("38000000440000000000000000000000" + "0a001800020000008600000000000000" + "1903000000000e1020010db8000000000000000000000035"),
        "alias virtio:d0000000[1-2]v* virtio_net\nkernel/a/virtio-net.ko: kernel/b.ko kernel/c.ko\n"u8.ToArray(),
        Convert.FromHexString("240006ec000000000000000052415445" + "eeab5d7f000000000123456789abcdef" + "eeab5d8000000000eeab5d8080000000"),
        Convert.FromHexString("240106ec000000000000000047505300" + "eeab5d7f000000000123456789abcdef" + "eeab5d8000000000eeab5d8080000000"),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (RouteEventReader.Read(octets).Count > octets.Length / 16)
            throw new InvalidOperationException("more events than messages");
        var time = DateTimeOffset.UnixEpoch;
        if (SntpAnswer.TryRead(octets, 0x0123456789abcdef, time, time, out var answer) && (answer.Stratum is < 1 or > 15 || answer.Delay < TimeSpan.Zero))
            throw new InvalidOperationException("an answer that is none");
        if (KissOfDeath.TryRead(octets, 0x0123456789abcdef, out _) && answer is not null)
            throw new InvalidOperationException("an answer and none");
        var block = new byte[Ext4Superblock.Octets];
        octets[..Math.Min(octets.Length, block.Length)].CopyTo(block);
        (block[0x38], block[0x39]) = (0x53, 0xef);
        if (Ext4Superblock.TryRead(block, out var superblock) && superblock.BlocksOn(superblock.Size) != superblock.Blocks)
            throw new InvalidOperationException("a size that is none");
        var text = Encoding.Latin1.GetString(octets);
        foreach (var module in ModuleAliases.Read(text).ModulesFor("virtio:d00000001v00001AF4"))
            ModuleDependencies.Read(text).FilesFor(module);
    }
}
