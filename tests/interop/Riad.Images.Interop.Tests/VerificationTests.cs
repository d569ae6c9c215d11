using System.Text.RegularExpressions;
using Riad.Images.Interop.Tests.Running;
using Riad.Images.Io;
using Riad.Images.Io.Building;
using Riad.Images.Records;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>What is wrong with an image before it is built again.</summary>
public sealed class VerificationTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("riad-verified-").FullName;

    private readonly BuildRecord record;

    public VerificationTests()
    {
        using var folder = ProductFolder.Open(root);
        folder.Write("disk.img", "disk"u8.ToArray());
        folder.Write("oci/index.json", "{}"u8.ToArray());
        record = new("dns-secondary", "amd64", "0.1.0", new string('c', 40), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "", "", [], [], [.. folder.Files]);
        folder.Write("sbom.cdx.json", "{}"u8.ToArray());
        folder.Write("build-info.json", record.Write());
        folder.Complete();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void An_image_as_it_was_built_is_in_order() => Verification.Check(Verification.List(root), record);

    [Theory]
    [InlineData("disk.img is not the file that build-info.json speaks of",                                             "disk.img")]
    [InlineData("a?b is no file of this image: build-info.json does not name it; move it away",                        "a\u001Bb")]
    [InlineData("oci/blobs/more is no file of this image: build-info.json does not name it; move it away",             "oci/blobs/more")]
    public void A_file_that_is_another_or_that_nobody_names_is_refused(string sentence, string path)
    {
        Directory.CreateDirectory(Path.Combine(root, "oci", "blobs"));
        File.WriteAllText(Path.Combine(root, path), "changed");

        Assert.Equal(sentence, Assert.Throws<BuildException>(() => Verification.Check(Verification.List(root), record)).Message);
    }

    [Fact]
    public void A_file_that_is_missing_is_refused()
    {
        File.Delete(Path.Combine(root, "disk.img"));

        Assert.Equal("disk.img is not the file that build-info.json speaks of", Assert.Throws<BuildException>(() => Verification.Check(Verification.List(root), record)).Message);
    }

    [Theory, InlineData("sbom.cdx.json"), InlineData("SHA256SUMS"), InlineData("build-info.json")]
    public void What_the_record_does_not_name_is_compared_with_what_is_built_again(string name)
    {
        var before = Verification.List(root);
        File.AppendAllText(Path.Combine(root, name), " ");

        Assert.Matches($"^{Regex.Escape(name)}: [0-9a-f]{{64}} in the image, [0-9a-f]{{64}} built again$", Assert.Single(Comparison.Files(Verification.List(root), before)));
    }

    [Theory]
    [InlineData(0, "{0}: every file is the same, built again from cccccccccccccccccccccccccccccccccccccccc\n")]
    [InlineData(1, "disk.img: one in the image, another built again\n{0}: not the same, in 1 places\n", "disk.img: one in the image, another built again")]
    public async Task What_was_found_is_said_and_counts(int code, string words, params string[] differences)
    {
        await using var output = new StringWriter();

        Assert.Equal(code, await Verification.TellAsync(output, root, record, differences));
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, root), output.ToString());
    }

    [NeedsFact("git")]
    public void A_commit_that_nobody_has_is_one_sentence_and_leaves_nothing_behind()
    {
        var temporary = Directory.CreateTempSubdirectory("riad-elsewhere-");
        try
        {
            var result = Builder.RunIn(Checkout.Root, new(StringComparer.Ordinal) { ["TMPDIR"] = temporary.FullName, ["LC_ALL"] = "C" }, "verify", root);

            Assert.Equal(1, result.ExitCode);
            Assert.StartsWith($"images: This repository does not have the commit {record.Commit}; fetch it: ", result.Error, StringComparison.Ordinal);
            Assert.Empty(temporary.EnumerateFileSystemInfos("riad-*"));
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_words_of_a_record_are_no_arguments()
    {
        File.WriteAllBytes(Path.Combine(root, "build-info.json"), (record with { Appliance = "@/dev/null" }).Write());

        var result = Builder.RunIn(Checkout.Root, [], "verify", root);

        Assert.Equal((1, "images: The image cannot be built again: its record names an appliance '@/dev/null', which is no name of one\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void An_argument_that_begins_with_an_at_sign_means_itself()
    {
        var arguments = Path.Combine(root, "arguments");
        File.WriteAllText(arguments, "build\ndns-nothing\n");

        Assert.Contains($"There is no appliance '@{arguments}'", Builder.Run("build", "@" + arguments).Error, StringComparison.Ordinal);
    }
}
