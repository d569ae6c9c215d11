namespace Riad.Host.Init;

/// <summary>What becomes of the machine's watchdog.</summary>
internal enum WatchdogUse
{
    /// <summary>It is fed, and resets a machine whose first process hangs.</summary>
    On,

    /// <summary>It sleeps.</summary>
    Off,

    /// <summary>It is woken and never fed, to see whether it resets the machine.</summary>
    Test,
}

/// <summary>The machine's watchdog: it resets the machine unless it hears from us.</summary>
/// <remarks>Source: Linux, Documentation/watchdog/watchdog-api.rst; an octet 'V' before the end lets it sleep.</remarks>
internal sealed class Watchdog : IDisposable
{
    private const string Device = "/dev/watchdog", Facts = "/sys/class/watchdog/watchdog0/";

    // The kernel's own, which a machine without one has: it needs a kernel that still runs.
    private const string Software = "softdog";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Lock speaking = new();
    private readonly Stream device;
    private readonly Timer? timer;
    private bool isAsleep;

    /// <summary>Speaks to a watchdog that is awake.</summary>
    /// <param name="device">Gets an octet at a time.</param>
    /// <param name="isFed">False when nothing shall be said to it.</param>
    internal Watchdog(Stream device, bool isFed)
    {
        this.device = device;
        timer = isFed ? new(_ => Feed(), state: null, TimeSpan.Zero, Every) : null;
    }

    /// <summary>Wakes the watchdog; null when it shall sleep, or there is none.</summary>
    /// <param name="use">What the operator wants.</param>
    /// <param name="modules">Where the kernel's own is found; null without modules.</param>
    /// <param name="log">The console.</param>
    public static Watchdog? Open(WatchdogUse use, KernelModules? modules, MachineLog log)
    {
        if (use is WatchdogUse.Off)
            return null;
        if (!File.Exists(Device))
            modules?.LoadNamed(Software);
        try
        {
            var watchdog = new Watchdog(new FileStream(Device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), use is WatchdogUse.On);
            log.Say($"the watchdog ({Fact("identity")}) resets the machine after {Fact("timeout")} s of silence{(use is WatchdogUse.Test ? ", and nothing will be said to it: riad.watchdog=test" : "")}");
            return watchdog;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Say($"no watchdog: {exception.Message}");
            return null;
        }
    }

    public void Dispose()
    {
        timer?.Dispose();
        lock (speaking)
        {
            isAsleep = true;
            Write((byte)'V');
            device.Dispose();
        }
    }

    // A timer may be late: what came after the last word would wake it again.
    internal void Feed()
    {
        lock (speaking)
        {
            if (!isAsleep)
                Write((byte)'.');
        }
    }

    private static string Fact(string name) => File.Exists(Facts + name) ? File.ReadAllText(Facts + name).Trim() : "?";

    private void Write(byte octet)
    {
        try
        {
            device.WriteByte(octet);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It resets the machine then, which is what it is for.
        }
    }
}
