using System.Runtime.InteropServices;

namespace Riad.Host.Init;

/// <summary>Looks for modules again whenever the kernel finds a device, such as one that is plugged in.</summary>
/// <remarks>Source: Linux, lib/kobject_uevent.c: <c>add@/devices/...</c>, then variables, each with a zero at its end.</remarks>
internal sealed class DeviceWatch(int descriptor, Action lookAgain, MachineLog log)
{
    private const int KernelEvents = 15, MaxOctets = 8 * 1024;
    private const uint FromKernel = 1;

    /// <summary>Begins, on a thread of its own, with a look of its own: what came until now was not heard.</summary>
    /// <param name="lookAgain">Loads what is missing.</param>
    /// <param name="log">The console.</param>
    public static void Start(Action lookAgain, MachineLog log)
    {
        try
        {
            var watch = new DeviceWatch(RouteSocket.Open(KernelEvents, FromKernel), lookAgain, log);
            new Thread(watch.Watch) { IsBackground = true, Name = "devices" }.Start();
        }
        catch (IOException exception)
        {
            log.Say($"devices that come later are not noticed: {exception.Message}");
        }
    }

    /// <summary>True when an event says that a device is there that a module may be for.</summary>
    internal static bool IsNews(ReadOnlySpan<byte> octets) => octets.StartsWith("add@"u8) && octets.IndexOf("\0MODALIAS="u8) > 0;

    private void Watch()
    {
        var buffer = new byte[MaxOctets];
        Look();
        int error;
        while (TryReceive(buffer, flags: 0, out var isNews, out error))
        {
            // One look for all that come together.
            while (TryReceive(buffer, Native.MSG_DONTWAIT, out var isMore, out _))
                isNews |= isMore;
            if (isNews)
                Look();
        }
        log.Say($"devices that come from now on are not noticed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private void Look()
    {
        try
        {
            lookAgain();
        }
        catch (Exception exception)
        {
            log.Say($"the module of a device was not loaded: {exception.Message}");
        }
    }

    // False when nothing waits.
    private unsafe bool TryReceive(byte[] buffer, int flags, out bool isNews, out int error)
    {
        fixed (byte* octets = buffer)
        {
            var length = Native.Receive(descriptor, octets, MaxOctets, flags);
            error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
            // Where some was lost, it may have been that.
            isNews = error == Native.ENOBUFS || (length > 0 && IsNews(buffer.AsSpan(0, (int)length)));
            return error is 0 or Native.ENOBUFS or Native.EINTR;
        }
    }
}
