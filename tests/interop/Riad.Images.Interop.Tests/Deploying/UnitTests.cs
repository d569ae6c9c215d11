using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The units of docs/systemd and the one for quadlet, as systemd reads them.</summary>
public sealed class UnitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("riad-units-").FullName;

    public static TheoryData<string> Units => [.. Directory.EnumerateFiles(Checkout.PathOf("docs", "systemd"), "*.service").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [NeedsTheory("systemd-analyze"), MemberData(nameof(Units))]
    public void Systemd_finds_nothing_wrong_with_a_unit(string name)
    {
        // The program is not installed here; another that is there stands for it.
        Verify(name, File.ReadAllText(Checkout.PathOf("docs", "systemd", name)).Replace($"/usr/local/bin/{Path.GetFileNameWithoutExtension(name)}", "/bin/true", StringComparison.Ordinal));
    }

    // In tenths, of ten for a service that may do everything: systemd calls it "OK". What a newer systemd looks at besides has some room.
    [NeedsTheory("systemd-analyze"), MemberData(nameof(Units))]
    public void A_unit_leaves_little_to_do_harm_with(string name) =>
        Tool.Run("systemd-analyze", ["security", "--offline=true", "--threshold=25", "--no-pager", Checkout.PathOf("docs", "systemd", name)], folder).MustSucceed();

    // quadlet makes a service of it: its own section is kept for people to read, and the program is podman.
    [NeedsFact("systemd-analyze")]
    public void Systemd_finds_nothing_wrong_with_what_quadlet_hands_on()
    {
        var unit = File.ReadAllText(Checkout.PathOf("docs", "deploy", "dns-secondary.container"));

        Verify("dns-secondary.service", unit.Replace("[Container]", "[X-Container]", StringComparison.Ordinal).Replace("[Service]\n", "[Service]\nExecStart=/bin/true\n", StringComparison.Ordinal));
    }

    [NeedsFact("systemd-analyze")]
    public void Systemd_is_one_that_finds_something() =>
        Assert.Contains("RestartSeconds", Analyze("wrong.service", "[Service]\nExecStart=/bin/true\nRestartSeconds=2\n").Error, StringComparison.Ordinal);

    private void Verify(string name, string unit)
    {
        var said = Analyze(name, unit).MustSucceed();

        // It may have something to say about the machine's own units, which are none of ours.
        Assert.DoesNotContain(name, said.Output + said.Error, StringComparison.Ordinal);
    }

    private ToolResult Analyze(string name, string unit)
    {
        File.WriteAllText(Path.Combine(folder, name), unit);
        return Tool.Run("systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", $"./{name}"], folder, new(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8" });
    }
}
