using System.Formats.Tar;
using System.Text;
using Riad.Images.Boot;
using Riad.Images.Packages;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Boot;

public sealed class BootFileSystemTests
{
    private const string Modules = "lib/modules/6.1.0-56-cloud-amd64/";

    [Fact]
    public void The_root_has_the_modules_of_a_machine_a_place_for_its_disk_and_nothing_of_its_own_for_resolvers()
    {
        var kernel = Package((Modules + "kernel/drivers/block/virtio_blk.ko", "depends=\0alias=virtio:d00000002v*\0"), (Modules + "kernel/drivers/sound/beeper.ko", "depends=\0"));

        var root = BootFileSystem.BuildRoot(FileTree.Empty.WithText("riad", "program"), kernel);

        Assert.Equal(
            [
                "data", "etc", "etc/resolv.conf", "lib", "lib/modules", "lib/modules/6.1.0-56-cloud-amd64", Modules + "kernel", Modules + "kernel/drivers", Modules + "kernel/drivers/block",
                Modules + "kernel/drivers/block/virtio_blk.ko", Modules + "modules.alias", Modules + "modules.dep", "riad",
            ], root.Nodes.Keys);
        Assert.Equal(new Node.Link("/run/riad/resolv.conf"), root.Nodes["etc/resolv.conf"]);
        Assert.Equal("alias virtio:d00000002v* virtio_blk\n", Text(root, Modules + "modules.alias"));
    }

    public static TheoryData<string, string[], string[]> Archives => new()
    {
        { "modules",              ["drivers/block/loop.ko", "fs/squashfs/squashfs.ko", "drivers/nvme/target/nvme-loop.ko"], ["loop.ko", "squashfs.ko"] },
        { "one of them built in", ["fs/squashfs/squashfs.ko"],                                                              ["squashfs.ko"] },
        { "both of them",         ["drivers/nvme/target/nvme-loop.ko"],                                                     [] },
    };

    [Theory, MemberData(nameof(Archives))]
    public void The_kernel_unpacks_the_first_program_what_that_loads_and_the_root(string why, string[] given, string[] loaded)
    {
        var kernel = Package([.. given.Select(path => ($"{Modules}kernel/{path}", "depends=\0"))]);

        Assert.True(BootFileSystem.TryBuildArchive(Architecture.Amd64, kernel, "compressed"u8.ToArray(), out var archive, out _), why);

        Assert.Equal(((string[])["dev", "dev/console", "init", "root", "root.squashfs", .. loaded]).Order(StringComparer.Ordinal), archive.Nodes.Keys);
        Assert.Equal("compressed", Text(archive, "root.squashfs"));
        Assert.Equal(InitProgram.For(Architecture.Amd64).ToArray(), ((Node.File)archive.Nodes["init"]).Content.ToArray());
    }

    [Fact]
    public void A_kernel_whose_module_needs_another_one_that_the_first_program_does_not_load_is_refused()
    {
        var kernel = Package((Modules + "kernel/fs/squashfs/squashfs.ko", "depends=zstd_decompress\0"));

        Assert.False(BootFileSystem.TryBuildArchive(Architecture.Amd64, kernel, default, out _, out var fault));

        Assert.Equal("/lib/modules/6.1.0-56-cloud-amd64/kernel/fs/squashfs/squashfs.ko is no module, or needs another one that /init does not load", fault);
    }

    private static PackageFiles Package(params (string Path, string Words)[] modules)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (path, words) in modules)
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./" + path) { DataStream = new MemoryStream(SampleFiles.Module(".modinfo", words)) });
        }
        tar.Position = 0;
        return PackageFiles.Read(tar);
    }

    private static string Text(FileTree tree, string path) => Encoding.ASCII.GetString(((Node.File)tree.Nodes[path]).Content.Span);
}
