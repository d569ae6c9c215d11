using System.Text;
using Riad.Images.Archives;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Archives;

public sealed class CpioArchiveTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(0x12345678);

    public static TheoryData<string, Node, string, string> Nodes => new()
    {
        // why                node                                                 mode, owner, links, time, length, major, minor            content
        { "a file",           new Node.File("hi"u8.ToArray(), Modes.Text),         "000081A4 00000000 00000001 12345678 00000002 00000000 00000000", "hi\0\0" },
        { "an owned folder",  new Node.Folder(Modes.Private) { Owner = 65532 },    "000041C0 0000FFFC 00000002 12345678 00000000 00000000 00000000", "" },
        { "a link",           new Node.Link("abcd"),                               "0000A1FF 00000000 00000001 12345678 00000004 00000000 00000000", "abcd" },
        { "a device",         new Node.Device(5, 1, Modes.Device),                 "00002180 00000000 00000001 12345678 00000000 00000005 00000001", "" },
    };

    [Theory, MemberData(nameof(Nodes))]
    public void A_node_is_written_as_the_kernel_reads_it(string why, Node node, string numbers, string content)
    {
        var (mode, owner, links, time, length, major, minor) = numbers.Split(' ') is [var a, var b, var c, var d, var e, var f, var g] ? (a, b, c, d, e, f, g) : default;
        // magic, inode, mode, user, group, links, time, length, device's two, own two, length of the name, no checksum; "x" with its zero fills the header's last word.
        var expected = $"07070100000001{mode}{owner}{owner}{links}{time}{length}0000000000000000{major}{minor}0000000200000000x\0{content}";

        var archive = Encoding.ASCII.GetString(CpioArchive.Write(FileTree.Empty.With("x", node), Time));

        Assert.True(archive.StartsWith(expected, StringComparison.Ordinal), $"{why}: {archive}");
        Assert.Equal("07070100000000" + "00000000000000000000000000000001" + "00000000" + new string('0', 40) + "0000000B00000000" + "TRAILER!!!\0", archive[expected.Length..].TrimEnd('\0') + '\0');
        Assert.Equal(0, archive.Length % 4);
    }

    [Fact]
    public void Folders_come_before_what_is_in_them_and_order_is_that_of_octets()
    {
        var tree = FileTree.Empty.WithText("b/file", "").WithText("a-c", "").WithText("a/z", "");

        Assert.Equal(["a", "a-c", "a/z", "b", "b/file"], tree.Nodes.Keys);
    }

    [Theory, InlineData(""), InlineData("/a"), InlineData("a/"), InlineData("a/../b"), InlineData("a//b")]
    public void A_path_that_leaves_the_tree_is_a_mistake(string path) =>
        Assert.Throws<ArgumentException>(() => FileTree.Empty.WithText(path, ""));
}
