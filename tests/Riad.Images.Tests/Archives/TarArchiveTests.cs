using System.Formats.Tar;
using Riad.Images.Archives;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Archives;

public sealed class TarArchiveTests
{
    [Fact]
    public void A_layer_holds_everything_but_devices_with_owner_mode_and_one_time()
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var tree = FileTree.Empty.WithText("etc/hosts", "x").WithFolder("state", Modes.Private, 65532).With("lib64", new Node.Link("lib")).With("dev/null", new Node.Device(1, 3, Modes.Device));

        using var reader = new TarReader(new MemoryStream(TarArchive.Write(tree, time)));
        var entries = new List<string>();
        while (reader.GetNextEntry() is { } entry)
        {
            Assert.Equal(time, entry.ModificationTime);
            entries.Add($"{entry.EntryType} {entry.Name} {entry.LinkName} {entry.Uid}:{entry.Gid} {Convert.ToString((int)entry.Mode, 8)} {entry.Length}");
        }

        Assert.Equal(
            ["Directory dev/  0:0 755 0", "Directory etc/  0:0 755 0", "RegularFile etc/hosts  0:0 644 1", "SymbolicLink lib64 lib 0:0 777 0", "Directory state/  65532:65532 700 0"], entries);
    }

    [Fact]
    public void The_same_files_make_the_same_octets() =>
        Assert.Equal(TarArchive.Write(FileTree.Empty.WithText("a", "1").WithText("b", "2"), DateTimeOffset.UnixEpoch), TarArchive.Write(FileTree.Empty.WithText("b", "2").WithText("a", "1"), DateTimeOffset.UnixEpoch));
}
