using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Riad.Net.Io.Linux;

/// <summary>struct epoll_event, which is packed on x86-64 and nowhere else.</summary>
internal unsafe struct ReadyEvent
{
    internal const int MaxOctets = 16;

    private static readonly int KeyOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    internal uint Events;
    internal ulong Key;

    internal static int Octets => KeyOffset + sizeof(ulong);

    internal static ReadyEvent Read(byte* from) => new() { Events = Unsafe.ReadUnaligned<uint>(from), Key = Unsafe.ReadUnaligned<ulong>(from + KeyOffset) };

    internal readonly void Write(byte* to)
    {
        Unsafe.WriteUnaligned(to, Events);
        Unsafe.WriteUnaligned(to + KeyOffset, Key);
    }
}
