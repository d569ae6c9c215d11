using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Manual;

/// <summary>The units of systemd in docs/systemd.</summary>
public sealed class UnitFileTests
{
    /// <summary>systemd 252 counts these among no group of calls but @known, and refuses them with EPERM: then the sandbox is incomplete.</summary>
    private static readonly string[] CallsOfTheSandbox = ["seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"];

    public static TheoryData<string> Appliances => [.. Directory.GetDirectories(Checkout.PathOf("appliances")).Where(folder => File.Exists(Path.Combine(folder, "Program.cs"))).Select(folder => Path.GetFileName(folder)!)];

    [Theory, MemberData(nameof(Appliances))]
    public void Every_appliance_has_a_unit_that_leaves_it_its_sandbox(string appliance)
    {
        var lines = File.ReadAllLines(Checkout.PathOf("docs", "systemd", $"{appliance}.service"));

        Assert.Contains($"ExecStart=/usr/local/bin/{appliance} serve --state /var/lib/{appliance}", lines);
        Assert.Contains($"StateDirectory={appliance}", lines);
        var filter = Assert.Single(lines, line => line.StartsWith("SystemCallFilter=", StringComparison.Ordinal));
        Assert.Subset(filter.Split('=', ' ').ToHashSet(StringComparer.Ordinal), CallsOfTheSandbox.ToHashSet(StringComparer.Ordinal));
    }
}
