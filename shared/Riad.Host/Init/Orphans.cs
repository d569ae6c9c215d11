using System.Buffers.Binary;

namespace Riad.Host.Init;

/// <summary>Processes whose parent ended: they are the first process's, and stay as shadows until it asks how they ended.</summary>
internal static class Orphans
{
    // struct siginfo: three numbers, padding, then the process.
    private const int InformationOctets = 128, ProcessOffset = 16, ByProcess = 1;

    /// <summary>Asks for all that have ended, but for the service, which is waited for elsewhere.</summary>
    public static unsafe void Reap(Func<int> service)
    {
        var information = stackalloc byte[InformationOctets];
        while (true)
        {
            new Span<byte>(information, InformationOctets).Clear();
            if (Native.Wait(Native.P_ALL, 0, information, Native.WEXITED | Native.WNOHANG | Native.WNOWAIT) != 0)
                return;
            var process = BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(information + ProcessOffset, 4));
            if (process == 0 || process == service())
                return;
            _ = Native.Wait(ByProcess, (uint)process, information, Native.WEXITED | Native.WNOHANG);
        }
    }
}
