using System.Text.Json;
using Xunit;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The configuration on Firecracker's page, by what Firecracker's own description of its interface has: it refuses a file with any other name in it.</summary>
public sealed class FirecrackerPageTests
{
    /// <summary>Firecracker 1.8, src/firecracker/swagger/firecracker.yaml: the names of each part, those that must be there with an exclamation mark.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["boot-source"] = "kernel_image_path! initrd_path boot_args",
        ["drives"] = "drive_id! path_on_host is_root_device! is_read_only partuuid cache_type rate_limiter io_engine socket",
        ["network-interfaces"] = "iface_id! host_dev_name! guest_mac rx_rate_limiter tx_rate_limiter",
        ["entropy"] = "rate_limiter",
        ["machine-config"] = "vcpu_count! mem_size_mib! smt track_dirty_pages cpu_template huge_pages",
    };

    [Fact]
    public void Every_name_is_one_that_Firecracker_knows_and_none_is_missing()
    {
        using var file = JsonDocument.Parse(string.Join('\n', Page.BlockWith("firecracker.md", "  \"boot-source\"")));

        Assert.Empty(file.RootElement.EnumerateObject().Select(part => part.Name).Except(Known.Keys));
        foreach (var part in file.RootElement.EnumerateObject())
        {
            var names = Known[part.Name].Split(' ');
            foreach (var item in part.Value.ValueKind is JsonValueKind.Array ? part.Value.Items() : [part.Value])
            {
                Assert.Empty(item.Members().Keys.Except(names.Select(name => name.TrimEnd('!'))));
                Assert.Empty(names.Where(name => name.EndsWith('!')).Select(name => name.TrimEnd('!')).Except(item.Members().Keys));
            }
        }
    }
}
