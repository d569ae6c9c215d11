using Riad.Dns.MasterFiles;
using Xunit;

namespace Riad.Dns.Tests.Checks;

public sealed class ManualTests
{
    [Fact]
    public void The_manual_has_a_line_for_each_fault()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Riad.slnx")))
            root = root.Parent!;
        var words = File.ReadAllText(Path.Combine(root.FullName, "docs", "zone-checks.md")).Split(' ', ',', '|');

        Assert.Equal("", string.Join(' ', Enum.GetNames<ZoneFault>().Where(name => name != nameof(ZoneFault.None) && !words.Contains(name, StringComparer.Ordinal))));
    }
}
