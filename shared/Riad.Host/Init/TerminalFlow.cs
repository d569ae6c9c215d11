namespace Riad.Host.Init;

/// <summary>Whether somebody at a terminal can stop what is written to it.</summary>
/// <remarks>Source: Linux, include/uapi/asm-generic/termbits.h: struct termios begins with the flags of input.</remarks>
internal static unsafe class TerminalFlow
{
    private const nuint GetAttributes = 0x5401, SetAttributes = 0x5402;
    private const uint StopsOnCharacter = 0x400;
    private const int AttributesOctets = 64;

    /// <summary>From now on Ctrl-S, or noise on a serial line that looks like it, stops nothing; for what is no terminal nothing happens.</summary>
    public static void NeverStop(int descriptor)
    {
        var attributes = stackalloc byte[AttributesOctets];
        if (Native.Control(descriptor, GetAttributes, attributes) != 0)
            return;
        *(uint*)attributes &= ~StopsOnCharacter;
        _ = Native.Control(descriptor, SetAttributes, attributes);
    }
}
