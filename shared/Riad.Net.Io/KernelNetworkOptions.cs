namespace Riad.Net.Io;

/// <summary>How a <see cref="KernelNetwork"/> uses the machine.</summary>
public sealed record KernelNetworkOptions
{
    /// <summary>Threads per UDP service, and threads for TCP. 0: one for each processor that the process may use.</summary>
    public int Threads { get; init; }

    /// <summary>Binds each thread to one processor, as long as there are enough of them.</summary>
    public bool Pin { get; init; } = true;

    /// <summary>Datagrams taken from and given to the kernel at once.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The longest datagram that is received; longer ones are dropped.</summary>
    public int ReceivedOctets { get; init; } = 4096;

    /// <summary>The longest datagram that is sent.</summary>
    public int AnswerOctets { get; init; } = 4096;

    /// <summary>The kernel's receive buffer of each UDP socket, in octets; the kernel may grant less.</summary>
    public int ReceiveBufferOctets { get; init; } = 4 << 20;

    /// <summary>Uses plain sockets, as on other systems than Linux.</summary>
    public bool Portable { get; init; } = !OperatingSystem.IsLinux();
}
