using Riad.Git.Io.Remotes;
using Riad.Git.Io.Tests.Http;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>What is particular to ssh: whose host it is, who we are, and that a path is one word.</summary>
public sealed class SshRemoteTests : IDisposable
{
    private const string Main = "refs/heads/main";

    private readonly ScratchFolder scratch = new();
    private readonly SshServer server;

    public SshRemoteTests() => server = SshServer.Start(Path.Combine(scratch.Path, "ssh"), speaksVersion2: true);

    public void Dispose()
    {
        server.Dispose();
        scratch.Delete();
    }

    [Fact]
    public async Task A_host_key_that_is_not_known_ends_it()
    {
        var strange = Path.Combine(scratch.Path, "strange");
        SshServer.MakeKey(strange);
        var hosts = Path.Combine(scratch.Path, "hosts");
        var (empty, other) = (hosts + ".empty", hosts + ".other");
        await File.WriteAllTextAsync(empty, "");
        await File.WriteAllTextAsync(other, $"[127.0.0.1]:{server.Port} {await File.ReadAllTextAsync(strange + ".pub")}");

        foreach (var known in (string[])[empty, other])
            Assert.Contains("Host key verification failed", (await FailAsync(server.Url("/zones"), new() { KnownHostsFile = known, KeyFile = server.Key })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_not_log_in_is_said_to_be_refused()
    {
        var strange = Path.Combine(scratch.Path, "strange");
        SshServer.MakeKey(strange);

        Assert.Contains("Permission denied", (await FailAsync(server.Url("/zones"), new() { KnownHostsFile = server.KnownHosts, KeyFile = strange })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_is_one_word_whatever_is_in_it()
    {
        var folder = Path.Combine(scratch.Path, "it's; touch owned; \"$(touch owned)\" & !x");
        var there = Repository.Create(folder, "main");
        var tip = RemoteTests.Commit(there, ObjectId.Zero, "first");
        Assert.True(there.TryUpdateRefs([new(Main, ObjectId.Zero, tip)], out _));
        using var remote = Carrier.RemoteOf(server.Url(Uri.EscapeDataString(folder).Replace("%2F", "/", StringComparison.Ordinal)), new() { KnownHostsFile = server.KnownHosts, KeyFile = server.Key });

        using var fetched = await remote.FetchAsync(Repository.Create(Path.Combine(scratch.Path, "here.git"), "main"), [Main], default);

        Assert.Equal(tip, fetched.Find(Main));
    }

    [Fact]
    public async Task A_machine_without_ssh_is_told_that_it_needs_it() =>
        Assert.Contains("cannot be run", (await FailAsync("ssh://forge.invalid/zones", new() { SshProgram = Path.Combine(scratch.Path, "no-ssh") })).Message, StringComparison.Ordinal);

    private async Task<RemoteException> FailAsync(string url, RemoteOptions options)
    {
        using var remote = Carrier.RemoteOf(url, options);
        return await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(Repository.Create(Path.Combine(scratch.Path, Path.GetRandomFileName()), "main"), [Main], default));
    }
}
