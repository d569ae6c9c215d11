using System.Formats.Tar;
using System.Text;
using Riad.Images.Packages;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Trees;

/// <summary>Which texts go with the files of packages.</summary>
public sealed class LicenceTextsTests
{
    private static readonly (string Path, string Text)[] Debian =
    [
        ("usr/share/doc/libc6/copyright", "GNU. See `/usr/share/common-licenses/LGPL-2.1'."),
        ("usr/share/doc/gcc-12-base/copyright", "GNU. See /usr/share/common-licenses/GPL, and in /usr/share/common-licenses/ others, such as /usr/share/common-licenses/None."),
        ("usr/share/doc/libkrb5-3/copyright", "MIT"),
        ("usr/share/doc/libk5crypto3/copyright", "MIT"),
        ("usr/share/common-licenses/GPL-3", "GPL 3"),
        ("usr/share/common-licenses/GPL-2", "GPL 2"),
        ("usr/share/common-licenses/LGPL-2.1", "LGPL"),
    ];

    [Theory]
    [InlineData("what it names comes too", "libc6", "usr/share/common-licenses/LGPL-2.1=LGPL usr/share/doc/libc6/copyright=GNU. See `/usr/share/common-licenses/LGPL-2.1'.")]
    [InlineData("a text twice is a link", "libkrb5-3 libk5crypto3", "usr/share/doc/libk5crypto3/copyright=MIT usr/share/doc/libkrb5-3/copyright>/usr/share/doc/libk5crypto3/copyright")]
    [InlineData("nothing", "", "")]
    public void Texts_are_those_of_the_packages(string why, string packages, string expected)
    {
        Assert.True(LicenceTexts.TryCollect(Files(), packages.Split(' ', StringSplitOptions.RemoveEmptyEntries), out var tree, out _), why);

        Assert.Equal(expected, Show(tree));
    }

    [Fact]
    public void Documentation_that_is_a_link_to_that_of_another_package_is_found_there()
    {
        Assert.True(LicenceTexts.TryCollect(Files(), ["libstdc++6", "libgcc-s1"], out var tree, out _));

        Assert.Equal(
            ["usr/share/common-licenses/GPL", "usr/share/doc/libgcc-s1/copyright", "usr/share/doc/libstdc++6/copyright"],
            tree.Nodes.Where(node => node.Value is not Node.Folder).Select(node => node.Key));
        // Named as GPL, which is the third.
        Assert.Equal("GPL 3", Encoding.ASCII.GetString(Assert.IsType<Node.File>(tree.Nodes["usr/share/common-licenses/GPL"]).Content.Span));
    }

    [Fact]
    public void A_package_without_a_text_is_named()
    {
        Assert.False(LicenceTexts.TryCollect(Files(), ["libc6", "libssl3"], out _, out var missing));

        Assert.Equal("usr/share/doc/libssl3/copyright", missing);
    }

    private static string Show(FileTree tree) => string.Join(' ', tree.Nodes.Where(node => node.Value is not Node.Folder).Select(node => node.Value switch
    {
        Node.File file => $"{node.Key}={Encoding.ASCII.GetString(file.Content.Span)}",
        Node.Link link => $"{node.Key}>{link.Target}",
        _ => node.Key,
    }));

    private static PackageFiles Files()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (path, text) in Debian)
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./" + path) { DataStream = new MemoryStream(Encoding.ASCII.GetBytes(text)) });
            foreach (var (path, target) in new[] { ("usr/share/doc/libgcc-s1", "gcc-12-base"), ("usr/share/doc/libstdc++6", "gcc-12-base"), ("usr/share/common-licenses/GPL", "GPL-3") })
                writer.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, "./" + path) { LinkName = target });
        }
        tar.Position = 0;
        return PackageFiles.Read(tar);
    }
}
