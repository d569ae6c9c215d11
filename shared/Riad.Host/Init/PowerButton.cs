using System.Buffers.Binary;

namespace Riad.Host.Init;

/// <summary>The power button, as an input device.</summary>
/// <remarks>Source: Linux, include/uapi/linux/input.h: time (16 octets), type, code, value.</remarks>
internal static class PowerButton
{
    private const int EventOctets = 24;
    private const ushort KeyEvent = 1, PowerKey = 116;
    private const int Pressed = 1;

    /// <summary>Calls back when it is pressed; each device gets a thread, which sleeps in the kernel.</summary>
    public static void Watch(Action pressed, MachineLog log)
    {
        if (!Directory.Exists("/dev/input"))
            return;
        foreach (var device in Directory.EnumerateFiles("/dev/input", "event*"))
            new Thread(() => Read(device, pressed, log), maxStackSize: 128 * 1024) { IsBackground = true, Name = Path.GetFileName(device) }.Start();
    }

    private static void Read(string device, Action pressed, MachineLog log)
    {
        try
        {
            using var file = new FileStream(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            Span<byte> one = stackalloc byte[EventOctets];
            while (file.Read(one) == EventOctets)
            {
                if (BinaryPrimitives.ReadUInt16LittleEndian(one[16..]) == KeyEvent && BinaryPrimitives.ReadUInt16LittleEndian(one[18..]) == PowerKey && BinaryPrimitives.ReadInt32LittleEndian(one[20..]) == Pressed)
                    pressed();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Say($"{device}: {exception.Message}");
        }
    }
}
