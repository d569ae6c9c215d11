namespace Riad.Host.Init;

/// <summary>The machine's watchdog: it resets the machine unless it hears from us.</summary>
/// <remarks>Source: Linux, Documentation/watchdog/watchdog-api.rst; an octet 'V' before the end lets it sleep.</remarks>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly FileStream device;
    private readonly Timer timer;

    private Watchdog(FileStream device)
    {
        this.device = device;
        timer = new(_ => Write((byte)'.'), state: null, TimeSpan.Zero, Every);
    }

    /// <summary>Wakes the watchdog when there is one.</summary>
    public static Watchdog? Open(bool isWanted, MachineLog log)
    {
        if (!isWanted || !File.Exists("/dev/watchdog"))
            return null;
        try
        {
            return new(new("/dev/watchdog", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Say($"no watchdog: {exception.Message}");
            return null;
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        Write((byte)'V');
        device.Dispose();
    }

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
