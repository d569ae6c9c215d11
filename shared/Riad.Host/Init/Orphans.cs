using System.Buffers.Binary;

namespace Riad.Host.Init;

/// <summary>Processes whose parent ended: they are the first process's, and stay as shadows until it asks how they ended.</summary>
internal static class Orphans
{
    // struct siginfo: three numbers, padding, then the process.
    private const int InformationOctets = 128, ProcessOffset = 16, ByProcess = 1;
    private const int Everybody = -1, KillSignal = 9;
    private static readonly TimeSpan UntilGone = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks for all that have ended, but for the service, which is waited for elsewhere.</summary>
    /// <param name="service">Its process now, 0 while there is none or it is not known yet.</param>
    public static unsafe void Reap(Func<int> service)
    {
        var information = stackalloc byte[InformationOctets];
        while (FindEnded(information, out var ended) && IsOrphan(ended, service()))
            _ = Native.Wait(ByProcess, (uint)ended, information, Native.WEXITED | Native.WNOHANG);
    }

    /// <summary>Tells whether a process that has ended is nobody else's to ask for.</summary>
    /// <param name="ended">0 for none.</param>
    /// <param name="service">While it is 0, the one that ended may be the service, which has been started and not yet named.</param>
    internal static bool IsOrphan(int ended, int service) => ended != 0 && service != 0 && ended != service;

    /// <summary>Ends every other process of the machine, after the service has ended, and waits until they are gone.</summary>
    /// <remarks>What a program leaves behind would keep the disk in use, or serve beside the next service.</remarks>
    public static unsafe void EndAll(MachineLog log)
    {
        var since = Environment.TickCount64;
        var information = stackalloc byte[InformationOctets];
        _ = Native.Kill(Everybody, KillSignal);
        // The call fails when there is no child any more, running or not.
        while (FindEnded(information, out var ended))
        {
            if (ended != 0)
                _ = Native.Wait(ByProcess, (uint)ended, information, Native.WEXITED | Native.WNOHANG);
            else if (Environment.TickCount64 - since > UntilGone.TotalMilliseconds)
            {
                log.Say($"some processes do not end");
                return;
            }
            else
                Thread.Sleep(LookEvery);
        }
    }

    private static unsafe bool FindEnded(byte* information, out int process)
    {
        new Span<byte>(information, InformationOctets).Clear();
        var isAnswered = Native.Wait(Native.P_ALL, 0, information, Native.WEXITED | Native.WNOHANG | Native.WNOWAIT) == 0;
        process = BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(information + ProcessOffset, 4));
        return isAnswered;
    }
}
