using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Riad.Interop.Tests.Machine;

/// <summary>A machine's clock with chrony as its time server. Nobody's clock is set.</summary>
public sealed class TimeTests : IDisposable
{
    private readonly Wire wire = new();

    [NamespaceFact("chronyd", Long = true)]
    public void A_clock_that_is_an_hour_late_would_be_set_to_what_the_server_says()
    {
        wire.OnServer("ip", "address", "add", "192.0.2.1/24", "dev", "wire");
        wire.OnMachine("ip", "address", "add", "192.0.2.7/24", "dev", "eth0");
        wire.OnMachine("ip", "link", "set", "eth0", "up");
        File.WriteAllText(wire.FileOf("chrony.conf"), $"local stratum 3\nallow\ncmdport 0\nbindaddress 192.0.2.1\npidfile {wire.FileOf("chrony.pid")}\n");
        // -x: it leaves the clock alone.
        wire.StartServer("chronyd", "-x", "-d", "-u", "root", "-f", wire.FileOf("chrony.conf"));

        var said = "";
        wire.Until("answered", () =>
        {
            var asked = wire.TryOnMachine(Path.Combine(AppContext.BaseDirectory, "Riad.Host.Sample"), "time", "192.0.2.1");
            said = asked.Output;
            return asked.Succeeded;
        });

        var match = Regex.Match(said, "it would be ([-0-9T:Z]+)");
        Assert.True(match.Success, said);
        var off = DateTimeOffset.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - DateTimeOffset.UtcNow;
        Assert.True(off.Duration() < TimeSpan.FromMinutes(20), $"{off} off: {said}");
    }

    public void Dispose() => wire.Dispose();
}
