using Riad.Core;
using Riad.Images.Packages;
using Xunit;

namespace Riad.Images.Tests.Packages;

public sealed class PackageLockTests
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void Reading_undoes_writing_and_the_order_is_by_architecture_and_name()
    {
        var (first, second) = (new LockedPackage("amd64", "libc6", "2.36-9", new(Convert.FromHexString(Hash)), "debian/pool/libc6.deb"), new LockedPackage("arm64", "libc6", "1:2", default, "d/x.deb"));
        var given = new PackageLock([second with { Sha256 = first.Sha256 }, first]);

        Assert.True(PackageLock.TryParse(given.Write(), out var read, out _));
        Assert.Equal([first, second with { Sha256 = first.Sha256 }], read.Packages);
        Assert.Equal($"amd64 libc6 2.36-9 {Hash} debian/pool/libc6.deb", given.Write().Split('\n')[1]);
        Assert.Equal("libc6.deb", first.FileName);
    }

    [Theory, InlineData("d/pool/libc6_2.36-9_amd64.deb", "amd64"), InlineData("d/pool/ca-certificates_1_all.deb", "all")]
    public void A_file_name_says_for_which_machine_it_is(string path, string target) => Assert.Equal(target, new LockedPackage("amd64", "x", "1", default, path).Target);

    [Theory]
    [InlineData("debian/pool/main/g/gcc-12/libstdc%2b%2b6_12.2.0-14_amd64.deb", "gcc-12")]
    [InlineData("debian-security/pool/updates/main/l/linux-signed-amd64/linux-image-6.1.0-56-cloud-amd64_6.1.192-2_amd64.deb", "linux")]
    [InlineData("libstdc.deb", "libstdc++6")]
    public void A_place_says_from_which_source_it_was_built(string path, string source) => Assert.Equal(source, new LockedPackage("amd64", "libstdc++6", "1", default, path).Source);

    public static TheoryData<string, string> Faulty => new()
    {
        { "a field is missing",      $"amd64 libc6 {Hash} a.deb" },
        { "one too many",            $"amd64 libc6 1 {Hash} a.deb b" },
        { "another machine",         $"mips libc6 1 {Hash} a.deb" },
        { "a short hash",            $"amd64 libc6 1 {Hash[2..]} a.deb" },
        { "capitals in the hash",    $"amd64 libc6 1 {Hash.ToUpperInvariant()} a.deb" },
        { "no package",              $"amd64 libc6 1 {Hash} a.rpm" },
        { "a path that climbs",      $"amd64 libc6 1 {Hash} a/../b.deb" },
        { "a path from the root",    $"amd64 libc6 1 {Hash} /a.deb" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_faulty_line_is_named(string why, string line)
    {
        Assert.False(PackageLock.TryParse($"# c\n\n{line}\n", out _, out var error), why);
        Assert.StartsWith("line 3: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libc6 for amd64", $"amd64 libc6 1 {Hash} a.deb", $"amd64 libc6 2 {Hash} b.deb")]
    [InlineData("linux-image-cloud-amd64 for amd64", $"amd64 linux-image-6.1.0-56-cloud-amd64 1 {Hash} a.deb", $"amd64 linux-image-6.1.0-57-cloud-amd64 2 {Hash} b.deb")]
    public void A_package_twice_as_after_a_merge_is_refused(string what, string first, string second)
    {
        Assert.False(PackageLock.TryParse($"{first}\n{second}\n", out _, out var error));
        Assert.Equal($"line 2: {what} stands there already; keep one of the lines, or let 'make lock' write the file", error);
    }

    [Fact]
    public void The_time_of_renewal_is_read_and_written()
    {
        Assert.True(PackageLock.TryParse($"renewed 20261121T190001Z\namd64 libc6 1 {Hash} a.deb\n", out var packages, out _));

        Assert.Equal(new(2026, 11, 21, 19, 0, 1, TimeSpan.Zero), packages.RenewedAt);
        Assert.Equal("renewed 20261121T190001Z", packages.Write().Split('\n')[1]);
        Assert.False(PackageLock.TryParse("renewed 20261121T190001Z\nrenewed 20261121T190001Z\n", out _, out _));
        Assert.False(PackageLock.TryParse("renewed yesterday\n", out _, out _));
    }

    [Theory]
    [InlineData("1.2-3", "1.2-2", true)]
    [InlineData("1.2-3", "1.2-3", false)]
    [InlineData("1.2-3", "1.2-10", false)]
    [InlineData("1:1.2", "2.0", true)]
    public void A_package_that_would_go_back_is_found(string locked, string named, bool isOlder)
    {
        PackageLock Lock(string kernel, string version) => new([new("arm64", $"linux-image-6.1.0-{kernel}-arm64", version, default, "k.deb"), new("amd64", "libc6", "1", default, "c.deb")]);

        Assert.Equal(isOlder ? [locked] : [], Lock("56", locked).FindOlder(Lock("55", named)).AsEnumerable().Select(pair => pair.Before.Version));
    }

    [Theory]
    [InlineData("libc6", "libc6", true)]
    [InlineData("libc6", "libc6-dev", false)]
    [InlineData("linux-image-arm64", "linux-image-6.1.0-56-arm64", true)]
    [InlineData("linux-image-arm64", "linux-image-6.1.0-56-cloud-arm64", false)]
    [InlineData("linux-image-arm64", "linux-image-6.1.0-56-rt-arm64", false)]
    [InlineData("linux-image-arm64", "linux-image-arm64", false)]
    [InlineData("linux-image-cloud-amd64", "linux-image-6.1.0-56-cloud-amd64", true)]
    public void A_kernel_is_known_by_its_kind_whatever_its_version(string wanted, string name, bool fits) =>
        Assert.Equal(fits, new PackageName(wanted).Fits(name));

    [Fact]
    public void A_package_is_found_for_its_machine_only()
    {
        Assert.True(PackageLock.TryParse($"arm64 libc6 1 {Hash} a.deb", out var packages, out _));

        Assert.True(packages.TryFind("arm64", new("libc6"), out _));
        Assert.False(packages.TryFind("amd64", new("libc6"), out _));
    }
}
