using Riad.Images.Interop.Tests.Running;
using Riad.Images.Packages;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>The tools that make parts of images, when they are not what they should be.</summary>
public sealed class ToolFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("riad-tooltest-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // All that comes before has what it needs: the one package that there is stands for each.
    [NeedsFact("xz")]
    public void A_tool_that_no_package_has_is_one_sentence_and_leaves_nothing_behind()
    {
        var (cache, temporary) = (Path.Combine(folder, "cache"), Directory.CreateDirectory(Path.Combine(folder, "temporary")).FullName);
        PackageName[] packages = [.. Architecture.Amd64.Packages.Union(BuildTools.Packages)];
        string[] libraries = ["libc.so.6", "libm.so.6", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libgcc_s.so.1", "libstdc++.so.6", "libssl.so.3", "libcrypto.so.3"];
        var hash = FakePackage.Make(cache,
        [
            .. libraries.Select(name => $"lib/x86_64-linux-gnu/{name}"), "lib64/ld-linux-x86-64.so.2", "usr/share/ca-certificates/mozilla/One.crt",
            "boot/vmlinuz-6.1.0-1-cloud-amd64", "lib/modules/6.1.0-1-cloud-amd64/modules.order", .. packages.Select(package => $"usr/share/doc/{NameOf(package)}/copyright"),
        ]);
        var locked = Path.Combine(folder, "debian.lock");
        File.WriteAllLines(locked, packages.Select(package => $"amd64 {NameOf(package)} 1 {hash} pool/one_1_amd64.deb"));

        var result = Builder.RunIn(Checkout.Root, new(StringComparer.Ordinal) { ["TMPDIR"] = temporary },
            "build", "dns-primary-git", "--program", typeof(ToolFolderTests).Assembly.Location, "--lock", locked, "--cache", cache, "--output", Path.Combine(folder, "image"));

        Assert.Equal(1, result.ExitCode);
        Assert.Matches("^images: No locked package has /(usr/)?s?bin/[a-z0-9.-]+: 'make lock' renews the lock file\n$", result.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary, "riad-*"));
        Assert.False(Directory.Exists(Path.Combine(folder, "image")));
    }

    private static string NameOf(PackageName package) => package.IsKernel ? package.Text.Replace("linux-image-", "linux-image-6.1.0-1-", StringComparison.Ordinal) : package.Text;
}
