using System.Text.Json;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>The builder as its operator meets it.</summary>
[Collection(ImageTests.Name)]
public sealed class BuildTests(BuiltImages images)
{
    private const string Appliance = "dns-primary-git";

    [Fact]
    public void Two_builds_in_different_places_are_the_same_to_the_octet()
    {
        var first = images.Of(Appliance);
        var (elsewhere, second) = (Directory.CreateTempSubdirectory("riad-elsewhere-"), Path.Combine(images.Folder, "a", "deeper", "place"));
        string[] locked = File.Exists(Path.Combine(images.Folder, "debian.lock")) ? ["--lock", Path.Combine(images.Folder, "debian.lock")] : [];
        try
        {
            Builder.RunIn(Checkout.PathOf("images"), new(StringComparer.Ordinal) { ["TZ"] = "Asia/Tokyo", ["LC_ALL"] = "C.UTF-8", ["TMPDIR"] = elsewhere.FullName, ["HOME"] = elsewhere.FullName, ["XDG_CACHE_HOME"] = Path.Combine(images.Folder, "cache") },
                ["build", Appliance, "--quick", "--output", second, "--program", BuiltImages.ProgramOf(Appliance), .. locked]).MustSucceed();
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }

        // What a program was made of is known only where it is made: it is part of the two records, and of nothing else.
        static IEnumerable<string> Sums(string folder) => File.ReadLines(Path.Combine(folder, "SHA256SUMS")).Where(line => !line.EndsWith("build-info.json", StringComparison.Ordinal) && !line.EndsWith("sbom.cdx.json", StringComparison.Ordinal));
        Assert.Equal(Sums(first), Sums(second));
    }

    [Fact]
    public void Sums_name_every_file_and_are_right()
    {
        var folder = images.Of(Appliance);

        Tool.Run("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], folder).MustSucceed();
        Assert.Equal(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Where(path => path != "SHA256SUMS").Order(StringComparer.Ordinal),
            File.ReadLines(Path.Combine(folder, "SHA256SUMS")).Select(line => line[66..]));
    }

    [Fact]
    public void Every_component_of_the_bill_of_materials_has_a_reference_of_its_own()
    {
        using var bill = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(images.Of(Appliance), "sbom.cdx.json")));

        var references = bill.RootElement.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("bom-ref").GetString()!).ToList();

        Assert.Contains(references, reference => reference.StartsWith("pkg:deb/debian/libc6@", StringComparison.Ordinal));
        Assert.Contains(references, reference => reference.StartsWith("pkg:deb/debian/ca-certificates@", StringComparison.Ordinal) && reference.Contains("arch=all&", StringComparison.Ordinal));
        Assert.Empty(bill.RootElement.GetProperty("components").EnumerateArray().Where(component => component.GetProperty("scope").GetString() == "required" && !component.TryGetProperty("licenses", out _)).Select(component => component.GetProperty("name").GetString()));
        Assert.Equal(references.Distinct(StringComparer.Ordinal), references);
    }

    [Fact]
    public void The_file_system_for_state_is_sound_and_empty()
    {
        var folder = images.Of(Appliance);

        var check = Tool.Run("sh", ["-c", "PATH=$PATH:/sbin:/usr/sbin e2fsck -fn data.img"], folder).MustSucceed();

        Assert.Contains("riad-data: 11/", check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no appliance 'dns-nothing': write one of dns-primary-git, ", "build", "dns-nothing")]
    [InlineData("There is no architecture 'mips': write amd64 or arm64", "build", Appliance, "--architecture", "mips")]
    [InlineData("build-info.json is not there, or is no build record: name the folder of an image", "verify", "images")]
    public void What_a_person_can_get_wrong_is_one_sentence(string sentence, params string[] arguments)
    {
        var result = Builder.Run(arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_time_that_is_none_is_one_sentence()
    {
        var result = Builder.RunIn(Checkout.Root, new(StringComparer.Ordinal) { ["SOURCE_DATE_EPOCH"] = "yesterday" }, "build", Appliance, "--output", Path.Combine(images.Folder, "none"));

        Assert.Equal((1, "images: SOURCE_DATE_EPOCH is 'yesterday': write seconds since 1970, such as 1767225600, or leave it out\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void Outside_of_the_repository_a_sentence_says_where_to_start_it() =>
        Assert.Equal((1, "images: This is not inside Riad's repository: start it there\n"), Result(Builder.RunIn(images.Folder, [], "build", Appliance)));

    [Fact]
    public void A_folder_that_is_a_file_is_one_sentence()
    {
        var file = Path.Combine(images.Folder, "a-file");
        File.WriteAllText(file, "");

        Assert.Equal((1, $"images: {file} is a file: name a folder\n"), Result(Builder.Run("build", Appliance, "--program", file, "--output", file)));
    }

    [NeedsFact("as", "ld")]
    public void The_first_program_is_what_its_source_says()
    {
        var place = Path.Combine(images.Folder, "init");
        Tool.Run("sh", ["-c", $"as -o {place}.o init-x64.S && ld --oformat binary -Ttext=0x400000 -o {place} {place}.o"], Checkout.PathOf("images", "init")).MustSucceed();

        Assert.Equal(File.ReadAllBytes(place), Images.Boot.InitProgram.For(Architecture.Amd64).ToArray());
    }

    [NeedsFact("aarch64-linux-gnu-as", Long = true)]
    public void The_first_program_for_ARM_is_what_its_source_says()
    {
        var place = Path.Combine(images.Folder, "init-arm64");
        Tool.Run("sh", ["-c", $"aarch64-linux-gnu-as -o {place}.o init-arm64.S && aarch64-linux-gnu-ld -Ttext=0x400000 -o {place}.elf {place}.o && aarch64-linux-gnu-objcopy -O binary -j .text {place}.elf {place}"],
            Checkout.PathOf("images", "init")).MustSucceed();

        Assert.Equal(File.ReadAllBytes(place), Images.Boot.InitProgram.For(Architecture.Arm64).ToArray());
    }

    [NeedsFact("git", Long = true)]
    public void An_image_is_verified_by_building_its_commit_elsewhere()
    {
        var clone = Path.Combine(images.Folder, "clone");
        Tool.Git(images.Folder, "clone", "--quiet", Checkout.Root, clone).MustSucceed();
        Builder.RunInClone(clone, "build", "dns-secondary").MustSucceed();
        var all = Path.Combine(clone, "out", "images");
        Tool.Run("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], all).MustSucceed();

        // Of a program that is published here, what NuGet gave to it is known: names, licences and their texts.
        Assert.All(["microsoft.netcore.app.runtime.linux-x64", "microsoft.aspnetcore.app.runtime.linux-x64"], name => Assert.Contains(
            Layer.Read(Path.Combine(all, "dns-secondary")).Files.Keys, path => path.StartsWith($"usr/share/doc/{name}/LICENSE.", StringComparison.OrdinalIgnoreCase)));
        using var bill = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(all, "dns-secondary", "sbom.cdx.json")));
        Assert.Equal("complete", bill.RootElement.GetProperty("compositions")[0].GetProperty("aggregate").GetString());

        // Another place, another time, another language, other folders.
        var elsewhere = Directory.CreateDirectory(Path.Combine(images.Folder, "elsewhere")).FullName;
        var result = Builder.RunIn(
            clone, new(StringComparer.Ordinal) { ["TZ"] = "Asia/Tokyo", ["LC_ALL"] = "tr_TR.UTF-8", ["TMPDIR"] = elsewhere, ["NUGET_PACKAGES"] = Path.Combine(elsewhere, "packages") }, "verify", Path.Combine(all, "dns-secondary"));

        Assert.True(result.Succeeded, result.ToString());
        Assert.Contains("every file is the same", result.Output, StringComparison.Ordinal);
    }

    private static (int, string) Result(ToolResult result) => (result.ExitCode, result.Error);
}
