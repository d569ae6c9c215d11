using Riad.Images.Interop.Tests.Running;
using Riad.Images.Io;
using Riad.Images.Io.Building;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>Where an image's files go, and what is there already.</summary>
public sealed class ProductFolderTests : IDisposable
{
    private readonly string outside = Directory.CreateTempSubdirectory("riad-product-").FullName;

    private string Root => Path.Combine(outside, "image");

    public void Dispose() => Directory.Delete(outside, recursive: true);

    [Fact]
    public void A_build_replaces_the_one_before_and_nothing_else()
    {
        Build(("disk.img", "old"), ("oci/blobs/sha256/aa", "old"), ("oci/index.json", "old"));
        File.WriteAllText(Path.Combine(Root, "state.img"), "zones");
        File.WriteAllText(Path.Combine(Root, "oci", "notes"), "mine");

        Build(("disk.img", "new"), ("oci/blobs/sha512/bb", "new"));

        Assert.Equal(
            ["SHA256SUMS", "build-info.json", "disk.img", "oci/blobs/sha512/bb", "oci/notes", "state.img"],
            Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal));
        Assert.Equal("new", File.ReadAllText(Path.Combine(Root, "disk.img")));
        Assert.Equal("zones", File.ReadAllText(Path.Combine(Root, "state.img")));
        Assert.False(Directory.Exists(Path.Combine(Root, "oci", "blobs", "sha256")));
    }

    [Fact]
    public void A_build_that_fails_leaves_the_one_before()
    {
        Build(("disk.img", "old"));

        using (var folder = ProductFolder.Open(Root))
            folder.Write("disk.img", "half"u8.ToArray());

        Assert.Equal("old", File.ReadAllText(Path.Combine(Root, "disk.img")));
        Assert.Equal(["SHA256SUMS", "build-info.json", "disk.img"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_build_that_fails_leaves_no_empty_folder()
    {
        ProductFolder.Open(Root).Dispose();

        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void What_a_build_that_was_killed_left_is_no_hindrance()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".arriving", "oci"));
        File.WriteAllText(Path.Combine(Root, ".arriving", "disk.img"), "half");

        Build(("disk.img", "new"));

        Assert.Equal("new", File.ReadAllText(Path.Combine(Root, "disk.img")));
    }

    [Fact]
    public void A_folder_with_other_files_is_refused_and_keeps_them()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "thesis"), "years");

        var refusal = Assert.Throws<BuildException>(() => ProductFolder.Open(Root));

        Assert.Equal($"{Root} has files in it, and no SHA256SUMS of an image: name a folder that is empty, or not there yet", refusal.Message);
        Assert.Equal(["thesis"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName));
    }

    [Fact]
    public void Sums_of_something_else_make_no_image()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "SHA256SUMS"), $"{new string('0', 64)}  debian.iso\n");

        Assert.Throws<BuildException>(() => ProductFolder.Open(Root));
    }

    [Fact]
    public void A_disk_that_was_run_where_it_was_built_is_not_lost()
    {
        Build(("disk.img", "old"));
        File.WriteAllText(Path.Combine(Root, "disk.img"), "with zones on it");

        var refusal = Assert.Throws<BuildException>(() => ProductFolder.Open(Root));

        Assert.StartsWith($"{Root}/disk.img has changed since it was built, and would be lost: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("with zones on it", File.ReadAllText(Path.Combine(Root, "disk.img")));
    }

    [Fact]
    public void A_file_that_stands_where_a_new_one_goes_is_not_lost()
    {
        Build(("disk.img", "old"));
        File.WriteAllText(Path.Combine(Root, "sd-card.img"), "mine");

        var refusal = Assert.Throws<BuildException>(() => Build(("disk.img", "new"), ("sd-card.img", "new")));

        Assert.Equal($"{Root}/sd-card.img is in the way, and no build left it there: move it away", refusal.Message);
        Assert.Equal(("old", "mine"), (File.ReadAllText(Path.Combine(Root, "disk.img")), File.ReadAllText(Path.Combine(Root, "sd-card.img"))));
    }

    [NeedsFact("sha256sum")]
    public async Task The_sums_of_all_images_are_those_of_each_with_its_folder()
    {
        Build(("disk.img", "one"), ("oci/index.json", "two"));
        Directory.CreateDirectory(Path.Combine(outside, "empty"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(outside, "other")).FullName, "SHA256SUMS"), "of something else\n");

        await ChecksumCollection.WriteAsync(outside);

        Tool.Run("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], outside).MustSucceed();
        Assert.Equal(["image/build-info.json", "image/disk.img", "image/oci/index.json"], File.ReadLines(Path.Combine(outside, "SHA256SUMS")).Select(line => line[66..]));
    }

    private void Build(params (string Path, string Content)[] files)
    {
        using var folder = ProductFolder.Open(Root);
        foreach (var (path, content) in files)
            folder.Write(path, System.Text.Encoding.ASCII.GetBytes(content));
        folder.Write("build-info.json", "{}"u8.ToArray());
        folder.Complete();
    }
}
