using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Riad.Load;

/// <summary>A connected UDP socket that sends and receives many datagrams with one system call. Linux only.</summary>
internal sealed unsafe partial class BatchSocket : IDisposable
{
    public const int Batch = 64;
    private const int SlotOctets = 2048;
    private const int DoNotWait = 0x40;
    private const int BufferOctets = 4 << 20;

    private readonly Socket socket;
    private readonly int descriptor;
    private readonly byte* slots = (byte*)NativeMemory.AllocZeroed(Batch * SlotOctets);
    private readonly Part* parts = (Part*)NativeMemory.AllocZeroed((nuint)(Batch * sizeof(Part)));
    private readonly Header* headers = (Header*)NativeMemory.AllocZeroed((nuint)(Batch * sizeof(Header)));

    public BatchSocket(IPEndPoint server)
    {
        socket = new Socket(SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferOctets, SendBufferSize = BufferOctets };
        socket.Connect(server);
        descriptor = (int)socket.Handle;
        for (var index = 0; index < Batch; index++)
        {
            headers[index].Parts = parts + index;
            headers[index].PartCount = 1;
        }
    }

    /// <summary>Receives what is there, without waiting; gives the number of datagrams.</summary>
    public int Receive()
    {
        for (var index = 0; index < Batch; index++)
            parts[index] = new Part { Octets = slots + (index * SlotOctets), Length = SlotOctets };
        return Math.Max(0, ReceiveMany(descriptor, headers, Batch, DoNotWait, null));
    }

    /// <summary>A datagram that was received.</summary>
    public ReadOnlySpan<byte> Received(int index) => new(slots + (index * SlotOctets), (int)headers[index].Octets);

    /// <summary>Chooses what is sent at this place of the next batch. The octets must not move.</summary>
    public void SetNext(int index, byte* octets, int length) => parts[index] = new Part { Octets = octets, Length = (nuint)length };

    /// <summary>Sends the first datagrams of the batch; gives how many went.</summary>
    public int Send(int count) => Math.Max(0, SendMany(descriptor, headers, (uint)count, 0));

    public void Dispose()
    {
        socket.Dispose();
        NativeMemory.Free(slots);
        NativeMemory.Free(parts);
        NativeMemory.Free(headers);
    }

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    private static partial int ReceiveMany(int descriptor, Header* headers, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg")]
    private static partial int SendMany(int descriptor, Header* headers, uint count, int flags);

    // struct iovec
    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Octets;
        public nuint Length;
    }

    // struct mmsghdr on a 64-bit machine: a msghdr of 56 octets, then the number of octets
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Header
    {
        [FieldOffset(16)]
        public Part* Parts;

        [FieldOffset(24)]
        public nuint PartCount;

        [FieldOffset(56)]
        public uint Octets;
    }
}
