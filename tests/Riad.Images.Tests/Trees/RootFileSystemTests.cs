using System.Formats.Tar;
using Riad.Images.Packages;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Trees;

/// <summary>What is in an image, by the files of packages that hold more.</summary>
public sealed class RootFileSystemTests
{
    private static readonly string[] Usual =
    [
        "etc/group", "etc/hosts", "etc/nsswitch.conf", "etc/passwd", "etc/ssl/certs/ca-certificates.crt",
        "lib/x86_64-linux-gnu/libc.so.6", "lib/x86_64-linux-gnu/libcrypto.so.3", "lib/x86_64-linux-gnu/libdl.so.2", "lib/x86_64-linux-gnu/libgcc_s.so.1", "lib/x86_64-linux-gnu/libm.so.6",
        "lib/x86_64-linux-gnu/libpthread.so.0", "lib/x86_64-linux-gnu/librt.so.1", "lib/x86_64-linux-gnu/libssl.so.3", "lib/x86_64-linux-gnu/libstdc++.so.6", "lib64/ld-linux-x86-64.so.2", "riad",
    ];

    private static readonly string[] OfSsh =
    [
        "lib/x86_64-linux-gnu/libcom_err.so.2", "lib/x86_64-linux-gnu/libgssapi_krb5.so.2", "lib/x86_64-linux-gnu/libk5crypto.so.3", "lib/x86_64-linux-gnu/libkeyutils.so.1", "lib/x86_64-linux-gnu/libkrb5.so.3",
        "lib/x86_64-linux-gnu/libkrb5support.so.0", "lib/x86_64-linux-gnu/libpcre2-8.so.0", "lib/x86_64-linux-gnu/libresolv.so.2", "lib/x86_64-linux-gnu/libselinux.so.1", "lib/x86_64-linux-gnu/libz.so.1", "usr/bin/ssh",
    ];

    [Fact]
    public void An_image_holds_one_program_and_what_it_opens()
    {
        Assert.True(RootFileSystem.TryBuild(Architecture.Amd64, Debian([.. Usual, .. OfSsh, "bin/sh"]), "program"u8.ToArray(), companion: null, out var tree, out _));

        Assert.Equal(Usual, Files(tree));
    }

    [Fact]
    public void A_companion_lies_beside_it_with_its_libraries()
    {
        Assert.True(RootFileSystem.TryBuild(Architecture.Amd64, Debian([.. Usual, .. OfSsh, "bin/sh"]), "program"u8.ToArray(), Companion.Ssh, out var tree, out _));

        Assert.Equal([.. Usual.Concat(OfSsh).Order(StringComparer.Ordinal)], Files(tree));
        Assert.Equal(0b111_101_101, Assert.IsType<Node.File>(tree.Nodes["usr/bin/ssh"]).Mode);
    }

    [Theory]
    [InlineData("usr/bin/ssh")]
    [InlineData("lib/x86_64-linux-gnu/libselinux.so.1")]
    [InlineData("lib/x86_64-linux-gnu/libc.so.6")]
    public void What_no_package_has_is_named(string path)
    {
        Assert.False(RootFileSystem.TryBuild(Architecture.Amd64, Debian([.. Usual.Concat(OfSsh).Where(file => file != path)]), default, Companion.Ssh, out _, out var missing));

        Assert.Equal(path, missing);
    }

    [Fact]
    public void Every_image_has_a_name_of_its_own() => Assert.Equal(["dns-primary-git", "dns-primary-git-ssh", "dns-secondary"], ApplianceImage.All.Select(image => image.Name).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Files(FileTree tree) => tree.Nodes.Where(node => node.Value is Node.File).Select(node => node.Key);

    private static PackageFiles Debian(string[] paths)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var path in paths.Append("usr/share/ca-certificates/mozilla/One.crt"))
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./" + path) { DataStream = new MemoryStream("content\n"u8.ToArray()) });
        }
        tar.Position = 0;
        return PackageFiles.Read(tar);
    }
}
