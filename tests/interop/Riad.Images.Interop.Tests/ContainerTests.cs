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
        container.Podman("load", "--input", Path.Combine(images.Of("dns-primary-git"), "dns-primary-git.tar")).MustSucceed();
        var image = container.Podman("images", "--format", "{{.Repository}}:{{.Tag}}").MustSucceed().Output.Trim();
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
    }

    private static string Dig(ReadyProcess running, string name) => Tool.Run("dig", ["@127.0.0.1", "-p", $"{running.Dns.Port}", name, "+short"], ".").MustSucceed().Output.Trim();

    private static string Status(Container container, string name)
    {
        var id = container.Podman("inspect", name, "--format", "{{.State.Pid}}").MustSucceed().Output.Trim();
        return File.ReadAllText($"/proc/{id}/status");
    }
}
