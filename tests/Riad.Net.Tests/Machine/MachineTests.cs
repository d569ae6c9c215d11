using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Net.Machine;

namespace Riad.Net.Tests.Machine;

public sealed class MachineTests
{
    [Fact]
    public void A_superblock_tells_label_and_size()
    {
        // Of a file system of 16384 blocks of 4096 octets, made with the label riad-data.
        Assert.True(Ext4Superblock.TryRead(Superblock(), out var superblock));
        Assert.Equal(new Ext4Superblock("riad-data", 4096, 16384), superblock);
        Assert.Equal(64ul << 20, superblock.Size);
        Assert.Equal(262_144ul, superblock.BlocksOn((1ul << 30) + 4095));
    }

    public static TheoryData<string, int, string> Refused => new()
    {
        // why                         at       octets
        { "no magic",                  0x38,    "53ee" },
        { "blocks beyond 64 KiB",      0x18,    "07000000" },
        { "more than fits",            0x150,   "00800000" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_is_no_ext4_is_refused(string why, int at, string octets)
    {
        var block = Superblock();
        Hex.Octets(octets).CopyTo(block, at);
        Assert.False(Ext4Superblock.TryRead(block, out _), why);
        Assert.False(Ext4Superblock.TryRead(block.AsSpan()[..1023], out _), why);
    }

    [Fact]
    public void Reading_a_superblock_never_throws_whatever_the_octets() => Prop.ForAll<byte[], byte>((octets, at) =>
    {
        var block = Superblock();
        octets.AsSpan()[..Math.Min(octets.Length, 512)].CopyTo(block.AsSpan(at));
        return !Ext4Superblock.TryRead(block, out var superblock) || superblock.BlocksOn(superblock.Size) == superblock.Blocks;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_service_that_keeps_ending_is_started_less_and_less_often()
    {
        var (policy, now, waits) = (default(RestartPolicy), default(Elapsed), new List<double>());
        for (var count = 0; count < 9; count++)
        {
            (policy, var wait) = policy.AfterEnd(now, now + TimeSpan.FromSeconds(3));
            waits.Add(wait.TotalSeconds);
            now += wait + TimeSpan.FromSeconds(3);
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Fact]
    public void A_service_that_ran_well_is_started_at_once()
    {
        var (policy, wait) = new RestartPolicy(20).AfterEnd(default, default(Elapsed) + TimeSpan.FromMinutes(5));
        Assert.Equal((new RestartPolicy(1), TimeSpan.Zero), (policy, wait));
    }

    public static TheoryData<string, string[], string[], string> Resolvers => new()
    {
        // why                servers                                                              domains                          file
        { "nothing",          [],                                                                  [],                              "" },
        { "both families",    ["192.0.2.53", "2001:db8::53"],                                      ["example.org"],                 "nameserver 192.0.2.53\nnameserver 2001:db8::53\nsearch example.org\n" },
        { "each once",        ["192.0.2.53", "192.0.2.53"],                                        ["example.org", "Example.ORG"],  "nameserver 192.0.2.53\nsearch example.org\n" },
        { "on one link",      ["fe80::1", "febf::1", "fec0::1"],                                           [],                              "nameserver fe80::1%eth0\nnameserver febf::1%eth0\nnameserver fec0::1\n" },
        { "no more than read", ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"],               [],                              "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\n" },
    };

    [Theory, MemberData(nameof(Resolvers))]
    public void The_resolvers_stand_in_their_file(string why, string[] servers, string[] domains, string file) =>
        Assert.Equal((why, file), (why, ResolverFile.Write(servers.Select(server => new NameServer(Address(server), "eth0")), domains)));

    private static byte[] Superblock()
    {
        var block = new byte[Ext4Superblock.Octets];
        Hex.Octets("00400000").CopyTo(block, 0x4);
        Hex.Octets("02000000").CopyTo(block, 0x18);
        Hex.Octets("53ef").CopyTo(block, 0x38);
        Hex.Octets("c2020000").CopyTo(block, 0x60);
        "riad-data"u8.CopyTo(block.AsSpan(0x78));
        return block;
    }

    private static IpAddress Address(string text)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address));
        return address;
    }
}
