using System.Numerics;

namespace Riad.Net.Io.Linux;

/// <summary>Which processors this process may use, and binding a thread to one of them.</summary>
internal static unsafe class Processors
{
    private const int MaskOctets = 128;   // 1024 processors, glibc's own limit

    /// <summary>The processors that the process may use, at least one.</summary>
    internal static int[] Allowed()
    {
        var mask = stackalloc byte[MaskOctets];
        if (Native.GetAffinity(0, MaskOctets, mask) < 0)
            return [0];
        var allowed = new List<int>();
        for (var octet = 0; octet < MaskOctets; octet++)
        {
            for (uint bits = mask[octet]; bits != 0; bits &= bits - 1)
                allowed.Add((octet * 8) + BitOperations.TrailingZeroCount(bits));
        }
        return allowed.Count == 0 ? [0] : [.. allowed];
    }

    /// <summary>Binds the calling thread. A refusal changes nothing: the thread then runs where the kernel likes.</summary>
    internal static void Pin(int processor)
    {
        var mask = stackalloc byte[MaskOctets];
        new Span<byte>(mask, MaskOctets).Clear();
        if (processor / 8 < MaskOctets)
            mask[processor / 8] = (byte)(1 << (processor % 8));
        _ = Native.SetAffinity(0, MaskOctets, mask);
    }
}
