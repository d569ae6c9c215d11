using System.Text;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class WatchdogTests
{
    [Fact]
    public void The_last_word_to_a_watchdog_lets_it_sleep_also_when_a_timer_is_late()
    {
        using var device = new Listener();
        var watchdog = new Watchdog(device, isFed: false);
        watchdog.Feed();
        device.Heard = octet =>
        {
            if (octet == 'V')
                watchdog.Feed();
        };
        watchdog.Dispose();
        watchdog.Feed();

        Assert.Equal(".V", device.Said.ToString());
    }

    private sealed class Listener : MemoryStream
    {
        public StringBuilder Said { get; } = new();

        public Action<char>? Heard { get; set; }

        public override void WriteByte(byte value)
        {
            Said.Append((char)value);
            Heard?.Invoke((char)value);
        }
    }
}
