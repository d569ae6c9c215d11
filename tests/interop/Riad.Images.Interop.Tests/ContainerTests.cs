using Riad.Git.Io.Tests.Remotes;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>Images as containers: read-only, without any capability, as podman runs them.</summary>
[Collection(ImageTests.Name)]
public sealed class ContainerTests(BuiltImages images)
{
    [NeedsFact("podman", "crun", "unshare", "dig", Container = true)]
    public void The_primary_runs_with_nothing_but_its_state_and_answers()
    {
        var container = new Container(images.Folder);
        var image = container.Load(ArchiveOf("dns-primary-git"));
        Assert.StartsWith("localhost/riad/dns-primary-git:", image, StringComparison.Ordinal);
        Assert.Matches("\"CMD\",\\s*\"/riad\",\\s*\"health\"", container.Podman("image", "inspect", image).MustSucceed().Output);

        using var running = container.Start("primary", ["--env", "RIAD_LISTEN=127.0.0.1:0", "--env", "RIAD_HTTP=127.0.0.1:0"], image, "serve", "--example");
        running.UntilReady();

        Assert.Equal("192.0.2.10", Dig(running, "www.example.org"));
        var status = Status(container, "primary");
        Assert.Contains("Uid:\t65532\t65532\t65532\t65532", status, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);

        Assert.Equal(0, running.Stop());
        Assert.Contains("stopping", running.Log, StringComparison.Ordinal);
        Assert.Contains("run the image dns-primary-git-ssh", container.Run(image, "serve", "--remote", "ssh://git@forge.example/zones.git").Error, StringComparison.Ordinal);
    }

    [NeedsFact("podman", "crun", "unshare", "dig", "git", "sshd", Long = true, Container = true)]
    public void The_primary_with_ssh_follows_a_remote_and_writes_to_it()
    {
        var (remote, zones) = (Path.Combine(images.Folder, "remote.git"), Path.Combine(images.Folder, "zones"));
        Tool.Git(images.Folder, "init", "--quiet", "--bare", "--initial-branch", "main", remote).MustSucceed();
        Tool.Git(images.Folder, "clone", "--quiet", remote, zones).MustSucceed();
        Commit(zones, "192.0.2.1");
        Tool.Git(zones, "push", "--quiet", "origin", "HEAD:main").MustSucceed();
        using var server = SshServer.Start(Path.Combine(images.Folder, "ssh"), speaksVersion2: true);
        var container = new Container(images.Folder);
        container.Podman("secret", "create", "forge-key", server.Key).MustSucceed();

        using var running = container.Start("follower",
            [
                "--env", "RIAD_LISTEN=127.0.0.1:0", "--env", "RIAD_HTTP=127.0.0.1:0",
                "--secret", "forge-key,uid=65532,mode=0400", "--volume", $"{server.KnownHosts}:/config/known_hosts:ro",
            ],
            container.Load(ArchiveOf("dns-primary-git-ssh")),
            "serve", "--remote", server.Url(remote), "--remote-key", "/run/secrets/forge-key", "--remote-known-hosts", "/config/known_hosts", "--fetch-every", "1s");
        running.UntilReady();
        running.Until("the zone of the remote", () => Dig(running, "www.example.org") == "192.0.2.1");
        Assert.Contains("Seccomp:\t2", Status(container, "follower"), StringComparison.Ordinal);

        Commit(zones, "192.0.2.2");
        Tool.Git(zones, "push", "--quiet", "origin", "HEAD:main").MustSucceed();
        running.Until("what others pushed there", () => Dig(running, "www.example.org") == "192.0.2.2");

        Commit(zones, "192.0.2.3");
        Tool.Git(zones, "push", "--quiet", new Uri(running.Http, "/zones.git").ToString(), "HEAD:main").MustSucceed();
        Assert.Equal("192.0.2.3", Dig(running, "www.example.org"));
        Assert.Equal(Head(zones), Head(remote));
        Assert.Equal(0, running.Stop());
    }

    private string ArchiveOf(string image) => Path.Combine(images.Of(image), $"{image}.tar");

    private static void Commit(string zones, string address)
    {
        File.WriteAllText(Path.Combine(zones, "example.org"), $"$TTL 60\n@ SOA ns admin 1 60 60 600 60\n@ NS ns\nns A 192.0.2.53\nwww A {address}\n");
        Tool.Git(zones, "add", "--all").MustSucceed();
        Tool.Git(zones, "commit", "--quiet", "--message", address).MustSucceed();
    }

    private static string Head(string repository) => Tool.Git(repository, "rev-parse", "HEAD").MustSucceed().Output.Trim();

    private static string Dig(ReadyProcess running, string name) => Tool.Run("dig", ["@127.0.0.1", "-p", $"{running.Dns.Port}", name, "+short"], ".").MustSucceed().Output.Trim();

    private static string Status(Container container, string name)
    {
        var id = container.Podman("inspect", name, "--format", "{{.State.Pid}}").MustSucceed().Output.Trim();
        return File.ReadAllText($"/proc/{id}/status");
    }
}
