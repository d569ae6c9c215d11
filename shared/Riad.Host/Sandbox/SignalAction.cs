using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>What a signal does; struct sigaction of the C library, the same on both processors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SignalAction
{
    /// <summary>Handlers that are none: what the kernel does of itself, and nothing.</summary>
    public const nint Default = 0, Ignore = 1;

    /// <summary>The handler is told what was sent; a system call that it interrupted goes on where that can be.</summary>
    public const int WithInformation = 4, Restart = 0x1000_0000;

    /// <summary>The size of a set of signals.</summary>
    public const int SetOctets = 128;

    /// <summary>Where the handler is, or one of the constants.</summary>
    public nint Handler;

    /// <summary>The signals that wait while it runs, a bit for each.</summary>
    public fixed byte Blocked[SetOctets];

    /// <summary>Any of the flags here.</summary>
    public int Flags;

    /// <summary>How to return from it: the C library's affair.</summary>
    public nint Restorer;
}
