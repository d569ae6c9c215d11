using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The pages about running images, by their own commands.</summary>
[Collection(ImageTests.Name)]
public sealed class PageCommandTests(BuiltImages images)
{
    // Ctrl-A and c go from the machine's console to QEMU's monitor.
    private const string PowerButton = "\u0001csystem_powerdown\n";

    [NeedsFact("podman", "crun", "unshare", "ip", "iptables", "dig", "/usr/lib/cni/bridge", Long = true, Container = true)]
    public void The_first_container_answers()
    {
        var block = Page.BlockWith("containers.md", "podman load");
        using var place = new Enclosure(Path.Combine(images.Folder, "page-container"));
        LinkImage(place, "dns-primary-git");

        place.Run(block.Line("podman load")).MustSucceed();
        var running = place.Launch(block.Line("podman run"));
        running.UntilSaid("ready: ");
        place.RunUntil(block.Line("dig"), "192.0.2.10");
    }

    [NeedsFact("podman", "crun", "unshare", "ip", "iptables", "dig", "git", "openssl", "/usr/lib/cni/bridge", YamlFile.Reader, Long = true, Container = true)]
    public void What_is_pushed_to_the_primary_of_the_compose_file_is_answered_by_both_secondaries()
    {
        var block = Page.BlockWith("containers.md", "podman-compose up");
        using var place = new Enclosure(Path.Combine(images.Folder, "page-compose"));
        foreach (var image in (string[])["dns-primary-git", "dns-secondary"])
            place.Run($"podman load --input {images.Of(image)}/{image}.tar").MustSucceed();
        var deploy = Directory.CreateDirectory(place.PathOf("docs/deploy")).FullName;

        // As it stands, but without a terminal to type the password at.
        var preparation = string.Join('\n', block.TakeWhile(line => !line.StartsWith("podman-compose", StringComparison.Ordinal))).Replace(" --tty", "", StringComparison.Ordinal).Replace("sudo ", "", StringComparison.Ordinal);
        place.Run(preparation, "secret of ada\n").MustSucceed();
        foreach (var command in new Composition(YamlFile.Read("docs", "deploy", "compose.yaml").Single(), deploy).Commands)
            place.Run(command).MustSucceed();
        place.RunUntil("curl --silent --cacert docs/deploy/config/tls.crt https://localhost:8300/health", "ok");
        place.Run($"cd docs/deploy\n{block.Line("git").Replace("ada@", "ada:secret%20of%20ada@", StringComparison.Ordinal)}").MustSucceed();
        foreach (var address in (string[])["192.0.2.70", "192.0.2.71"])
        {
            File.WriteAllText(Path.Combine(deploy, "zones", "example.org"), $"$TTL 60\n@ SOA ns admin 1 3600 60 86400 60\n@ NS ns\nns A 192.0.2.53\nwww A {address}\n");
            place.Run("cd docs/deploy/zones\ngit add --all\ngit commit --quiet --message new\ngit -c http.sslCAInfo=../config/tls.crt push --quiet origin HEAD:main").MustSucceed();
            foreach (var port in (string[])["5301", "5302"])
                place.RunUntil($"dig @127.0.0.1 -p {port} www.example.org +short +tries=1", address);
        }
    }

    [NeedsFact("qemu-system-x86_64", "unshare", "ip", "dig", "curl", Long = true, Container = true)]
    public void A_machine_starts_with_a_kernel_from_outside()
    {
        using var place = new Enclosure(Path.Combine(images.Folder, "page-kernel"));
        LinkImage(place, "dns-primary-git");

        var machine = place.Launch(Emulated(string.Join('\n', Page.BlockWith("qemu.md", "  -kernel"))));
        machine.UntilSaid("ready: ");
        place.RunUntil("dig @127.0.0.1 -p 5300 example.org +tries=1 | grep -o REFUSED", "REFUSED");
        // Nobody outside may look at it before there are users.
        place.RunUntil("curl --silent --output /dev/null --write-out '%{http_code}' http://127.0.0.1:8300/", "403");
        machine.Say(PowerButton);
        machine.UntilEnd();
        Assert.Contains("/data has grown to 2048 MiB", machine.Said, StringComparison.Ordinal);
    }

    [NeedsFact("qemu-system-x86_64", "/usr/share/OVMF/OVMF_CODE.fd", "unshare", "ip", "sfdisk", Long = true, Container = true)]
    public void A_machine_starts_from_a_disk_that_is_enlarged()
    {
        var block = Page.BlockWith("qemu.md", "mkdir -p /srv/ns1 && cp out/");
        using var place = new Enclosure(Path.Combine(images.Folder, "page-disk"));
        LinkImage(place, "dns-primary-git");
        Directory.CreateDirectory(place.PathOf("ns1"));
        File.WriteAllText(place.PathOf("ns1/options"), "listen=0.0.0.0:53\nexample=true\n");

        Start(string.Join('\n', block), "/data is /dev/vda2, ");
        place.Run(Inside(Page.BlockWith("qemu.md", "truncate --size 4G").From("truncate"))).MustSucceed();
        Start(block.From("qemu-system-x86_64"), "/data has grown to ");

        void Start(string commands, string expected)
        {
            var machine = place.Launch(Emulated(commands));
            machine.UntilSaid("ready: ");
            machine.Say(PowerButton);
            machine.UntilEnd();
            Assert.Contains(expected, machine.Said, StringComparison.Ordinal);
        }
    }

    // As the page says for machines without KVM.
    private static string Emulated(string commands) => Inside(commands).Replace("-accel kvm -cpu host", "-accel tcg -cpu max", StringComparison.Ordinal);

    // What is kept for a machine, in the place and not on this one.
    private static string Inside(string commands) => commands.Replace("/srv/", "", StringComparison.Ordinal);

    // Its files in out/images/NAME, where others can be written beside them.
    private void LinkImage(Enclosure place, string image)
    {
        var folder = Directory.CreateDirectory(place.PathOf($"out/images/{image}")).FullName;
        foreach (var file in Directory.EnumerateFiles(images.Of(image)))
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
    }
}
