using System.Runtime.InteropServices;

namespace Riad.Net.Io.Linux;

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Segment
{
    internal byte* Octets;
    internal nuint Length;
}

/// <summary>struct mmsghdr of a 64-bit Linux: a struct msghdr and the length of what was transferred.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Message
{
    internal byte* Name;
    internal uint NameLength;
    private uint padding;
    internal Segment* Segments;
    internal nuint SegmentCount;
    internal byte* Control;
    internal nuint ControlLength;
    internal int Flags;
    private int padding2;
    internal uint Length;
    private uint padding3;
}
