using System.Security.Cryptography;
using Riad.Images.Interop.Tests.Running;
using Riad.Images.Io;
using Riad.Images.Io.Packages;
using Riad.Images.Packages;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>Debian's packages, as they come or do not come.</summary>
public sealed class MirrorTests : IDisposable
{
    private const string Appliance = "dns-primary-git";

    private static readonly byte[] Content = "a package"u8.ToArray();

    private static readonly LockedPackage Package = new("amd64", "libc6", "2.36-9", new(SHA256.HashData(Content)), "debian/pool/main/g/glibc/libc6_2.36-9_amd64.deb");

    private readonly string folder = Directory.CreateTempSubdirectory("riad-mirror-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_package_that_Debian_has_replaced_is_one_sentence()
    {
        using var mirror = new Mirror("404 Not Found");

        var result = Build("--mirror", mirror.Address);

        Assert.Equal(1, result.ExitCode);
        Assert.Matches("^images: Debian's mirror no longer has linux-image-[^ ]+ [^ ]+, most likely because a newer version replaced it: 'make lock' renews images/debian.lock\n$", result.Error);
    }

    [Fact]
    public void A_package_that_is_another_is_not_used()
    {
        using var mirror = new Mirror("200 OK", "evil");

        var result = Build("--mirror", mirror.Address);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has another SHA-256 than the lock file says", result.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("deb.debian.org"), InlineData("ftp://deb.debian.org"), InlineData("")]
    public void A_mirror_without_an_address_is_one_sentence(string mirror) =>
        Assert.Equal($"images: --mirror is '{mirror}': write an address such as http://deb.debian.org\n", Build("--mirror", mirror).Error);

    [Fact]
    public async Task A_package_that_the_mirror_has_no_more_comes_from_the_archive_of_its_time()
    {
        using var mirror = new Mirror("404 Not Found");
        using var archive = new Mirror(path => path.Contains("20261122T190000Z", StringComparison.Ordinal) ? ("200 OK", Content) : ("404 Not Found", []));

        Assert.Equal(Content, await Store(mirror, archive).FetchAsync(Package));

        Assert.Equal(["/archive/debian/20261121T190000Z/pool/main/g/glibc/libc6_2.36-9_amd64.deb", "/archive/debian/20261122T190000Z/pool/main/g/glibc/libc6_2.36-9_amd64.deb"], archive.Asked);
        // From now on it is here.
        mirror.Dispose();
        archive.Dispose();
        Assert.Equal(Content, await Store(mirror, archive).FetchAsync(Package));
    }

    [Fact]
    public async Task A_package_of_the_archive_that_is_another_is_not_used()
    {
        using var mirror = new Mirror("404 Not Found");
        using var archive = new Mirror("200 OK", "evil");

        var refusal = await Assert.ThrowsAsync<BuildException>(() => Store(mirror, archive).FetchAsync(Package));

        Assert.Equal($"libc6_2.36-9_amd64.deb from {archive.Address} has another SHA-256 than the lock file says; nothing was built from it", refusal.Message);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task A_package_that_nobody_has_is_one_sentence()
    {
        using var nobody = new Mirror("404 Not Found");

        var refusal = await Assert.ThrowsAsync<BuildException>(() => Store(nobody, nobody).FetchAsync(Package));

        Assert.Equal($"Neither {nobody.Address} nor {nobody.Address} has libc6 2.36-9, which the image was made of: name with --mirror or --archive who has it", refusal.Message);
    }

    [Fact]
    public async Task Without_apt_a_package_is_fetched_too()
    {
        using var mirror = new Mirror(path => path == "/there" ? ("200 OK", Content) : ("404 Not Found", []));
        var path = Path.Combine(folder, "fetched");

        Assert.False(await Download.TryPlainlyAsync($"{mirror.Address}/gone", path, TimeSpan.FromMinutes(4)));
        Assert.True(await Download.TryPlainlyAsync($"{mirror.Address}/there", path, TimeSpan.FromMinutes(4)));
        Assert.Equal(Content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_mirror_that_never_answers_is_one_sentence()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();

        var refusal = await Assert.ThrowsAsync<BuildException>(() => Download.TryPlainlyAsync($"http://{silent.LocalEndpoint}/there", Path.Combine(folder, "fetched"), TimeSpan.FromMilliseconds(1)));

        Assert.Equal($"http://{silent.LocalEndpoint}/there cannot be fetched: it has not come whole in 0 minutes", refusal.Message);
    }

    [NeedsFact("apt-get")]
    public void A_lock_file_is_not_renewed_from_a_mirror_that_fails_whatever_the_machine_takes_for_granted()
    {
        using var mirror = new Mirror("503 Service Unavailable");
        var (settings, locked) = (Path.Combine(folder, "apt.conf"), Path.Combine(folder, "debian.lock"));
        File.WriteAllText(settings, "Acquire::Retries::Delay \"false\";\nAcquire::AllowInsecureRepositories \"true\";\nAPT::Update::Error-Mode \"persistent-failure\";\n");

        var result = Builder.RunIn(Checkout.Root, new(StringComparer.Ordinal) { ["APT_CONFIG"] = settings }, "lock", "--lock", locked, "--mirror", mirror.Address);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("images: apt-get failed: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("503", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(locked));
    }

    [Fact]
    public void A_lock_file_that_cannot_be_read_is_not_replaced()
    {
        var locked = Path.Combine(folder, "debian.lock");
        File.WriteAllText(locked, "<<<<<<< HEAD\n");

        var result = Builder.Run("lock", "--lock", locked, "--mirror", "http://127.0.0.1:1");

        Assert.Equal((1, $"images: {locked}: line 1: write ARCHITECTURE NAME VERSION SHA256 PATH, as 'make lock' does\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_says_why()
    {
        var (text, other) = (Path.Combine(folder, "text"), Path.Combine(folder, "other"));
        await File.WriteAllTextAsync(text, "no program");
        await File.WriteAllBytesAsync(other, [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0, 0, 0]);
        File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        async Task<string> Refusal(string program) => (await Assert.ThrowsAsync<BuildException>(() => ExternalProgram.RunAsync(program, []))).Message;

        Assert.Equal($"The program {folder}/none is not there; install it (make setup does, on Debian)", await Refusal(folder + "/none"));
        Assert.Equal($"The program {text} may not be started: where its file system allows no programs (noexec), set TMPDIR to a folder on another one", await Refusal(text));
        Assert.Equal($"The program {other} is for another kind of machine: build images on x86-64 Linux", await Refusal(other));
    }

    private ToolResult Build(params string[] arguments) =>
        Builder.Run(["build", Appliance, "--program", typeof(MirrorTests).Assembly.Location, "--output", Path.Combine(folder, "none"), "--cache", Path.Combine(folder, "empty"), .. arguments]);

    private PackageStore Store(Mirror mirror, Mirror archive) => new(new([Package]), folder, mirror.Address, new(archive.Address, new(2026, 11, 21, 19, 0, 0, TimeSpan.Zero)));
}
