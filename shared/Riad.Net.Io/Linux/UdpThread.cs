using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Riad.Core;

namespace Riad.Net.Io.Linux;

/// <summary>Receives a batch, has it handled, sends the answers; again and again on one thread. Allocates nothing after its start.</summary>
internal sealed unsafe class UdpThread
{
    // How long a stop may take when the wake-up by shutdown(2) should not work.
    private const int WaitMicroseconds = 200_000;
    private const int NameStride = 32;

    private readonly int descriptor;
    private readonly IDatagramHandler handler;
    private readonly DatagramBatch batch;
    private readonly PacketInformation? information;
    private readonly Message* received;
    private readonly Message* answers;
    private readonly int* answered;   // which datagram each of the answers belongs to
    private readonly void* memory;
    private readonly uint nameLength;
    private readonly Lock lateGate = new();
    private Thread? thread;
    private volatile bool stopping;
    private bool isClosed;

    internal UdpThread(int descriptor, IpEndpoint local, IDatagramHandler handler, KernelNetworkOptions options)
    {
        this.descriptor = descriptor;
        this.handler = handler;
        SetOptions(descriptor, local.Address, options);
        batch = new(options.BatchSize, options.ReceivedOctets, options.AnswerOctets, Later);
        information = local.Address.IsAny ? PacketInformation.For(local.Address.IsIPv6) : null;
        nameLength = (uint)SocketAddress.LengthFor(local.Address);
        for (var i = 0; i < batch.Capacity; i++)
            batch.SetLocal(i, local.Address);

        var slot = (2 * sizeof(Message)) + (2 * sizeof(Segment)) + NameStride + PacketInformation.SpaceOctets + sizeof(int);
        memory = NativeMemory.AlignedAlloc((nuint)(batch.Capacity * slot), 64);
        NativeMemory.Clear(memory, (nuint)(batch.Capacity * slot));
        received = (Message*)memory;
        answers = received + batch.Capacity;
        var segments = (Segment*)(answers + batch.Capacity);
        var names = (byte*)(segments + (2 * batch.Capacity));
        var controls = names + (NameStride * batch.Capacity);
        answered = (int*)(controls + (PacketInformation.SpaceOctets * batch.Capacity));
        for (var i = 0; i < batch.Capacity; i++)
        {
            segments[i] = new() { Octets = Address(batch.ReceiveSpace(i)), Length = (nuint)batch.ReceivedOctets };
            received[i] = new()
            {
                Name = names + (NameStride * i),
                NameLength = nameLength,
                Segments = segments + i,
                SegmentCount = 1,
                Control = information is null ? null : controls + (PacketInformation.SpaceOctets * i),
                ControlLength = information is null ? 0 : (nuint)PacketInformation.SpaceOctets,
            };
            answers[i] = new() { NameLength = nameLength, Segments = segments + batch.Capacity + i, SegmentCount = 1 };
        }
    }

    internal void Start(string name, int? processor)
    {
        thread = new(() =>
        {
            if (processor is { } number)
                Processors.Pin(number);
            while (!stopping)
                Turn();
        })
        { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Asks the thread to end after its batch. A shutdown wakes a thread that waits for a datagram.</summary>
    internal void Stop()
    {
        stopping = true;
        _ = Native.Shutdown(descriptor, Native.SHUT_RDWR);
    }

    /// <summary>Waits for the thread's end, then frees what it used.</summary>
    internal void Join()
    {
        thread?.Join();
        Close();
    }

    internal void Close()
    {
        lock (lateGate)   // the number of a closed descriptor soon means something else
        {
            if (isClosed)
                return;
            isClosed = true;
            _ = Native.Close(descriptor);
        }
        NativeMemory.AlignedFree(memory);
    }

    private static void SetOptions(int descriptor, IpAddress local, KernelNetworkOptions options)
    {
        Descriptor.Set(descriptor, Native.SOL_SOCKET, Native.SO_RCVBUF, options.ReceiveBufferOctets);        // at most net.core.rmem_max,
        Descriptor.Set(descriptor, Native.SOL_SOCKET, Native.SO_RCVBUFFORCE, options.ReceiveBufferOctets);   // or more with CAP_NET_ADMIN
        var wait = stackalloc long[2] { 0, WaitMicroseconds };
        _ = Native.SetSocketOption(descriptor, Native.SOL_SOCKET, Native.SO_RCVTIMEO, wait, 2 * sizeof(long));

        // Never in fragments: "probe" sets DF and believes the interface's MTU only, so that a forged ICMP cannot shrink our answers.
        if (local.IsIPv6)
        {
            Descriptor.Set(descriptor, Native.IPPROTO_IPV6, Native.IPV6_MTU_DISCOVER, Native.IPV6_PMTUDISC_PROBE);
            Descriptor.Set(descriptor, Native.IPPROTO_IPV6, Native.IPV6_DONTFRAG, 1);
        }
        else
        {
            Descriptor.Set(descriptor, Native.IPPROTO_IP, Native.IP_MTU_DISCOVER, Native.IP_PMTUDISC_PROBE);
        }
        if (local.IsAny)
            Descriptor.Set(descriptor, local.IsIPv6 ? Native.IPPROTO_IPV6 : Native.IPPROTO_IP, local.IsIPv6 ? Native.IPV6_RECVPKTINFO : Native.IP_PKTINFO, 1);
    }

    // Not inlined into the endless loop, so that the runtime replaces it by optimised code while the loop runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Turn()
    {
        var count = Native.ReceiveMessages(descriptor, received, (uint)batch.Capacity, Native.MSG_WAITFORONE, null);
        if (count <= 0)
            return;   // nothing within the wait, a signal, or an ICMP error of an earlier answer: nothing of it concerns us
        Describe(count);
        handler.Handle(batch);
        Send(Collect(count));
        for (var i = 0; i < count; i++)
        {
            received[i].NameLength = nameLength;
            received[i].ControlLength = information is null ? 0 : (nuint)PacketInformation.SpaceOctets;
        }
    }

    private void Describe(int count)
    {
        for (var i = 0; i < count; i++)
        {
            ref var message = ref received[i];
            // A datagram that was cut is received as an empty one: every handler drops those.
            var length = (message.Flags & (Native.MSG_TRUNC | Native.MSG_CTRUNC)) == 0 ? (int)message.Length : 0;
            if (information is not null)
            {
                if (information.TryRead(new(message.Control, (int)message.ControlLength), out var local))
                    batch.SetLocal(i, local);
                else
                    length = 0;
            }
            batch.SetReceived(i, length, SocketAddress.Read(new(message.Name, SocketAddress.MaxOctets)));
        }
        batch.SetCount(count);
    }

    private int Collect(int count)
    {
        var collected = 0;
        for (var i = 0; i < count; i++)
        {
            var answer = batch.Answer(i);
            if (answer.IsEmpty)
                continue;
            ref var message = ref answers[collected];
            message.Name = received[i].Name;
            message.Control = received[i].Control;
            message.ControlLength = received[i].ControlLength;
            message.Segments->Octets = Address(answer);
            message.Segments->Length = (nuint)answer.Length;
            answered[collected++] = i;
        }
        return collected;
    }

    /// <summary>Sends all answers. The kernel stops at the first that it refuses, which then is shortened or dropped.</summary>
    private void Send(int count)
    {
        for (var sent = 0; sent < count;)
        {
            var accepted = Native.SendMessages(descriptor, answers + sent, (uint)(count - sent), Native.MSG_NOSIGNAL);
            if (accepted > 0)
                sent += accepted;
            else if (Marshal.GetLastPInvokeError() is var error && error == Native.EINTR)
                continue;
            else if (error != Native.EMSGSIZE || !TryShorten(sent))
                sent++;
        }
    }

    private bool TryShorten(int index)
    {
        var segment = answers[index].Segments;
        if (!handler.TryShorten(batch, answered[index]))
            return false;
        var answer = batch.Answer(answered[index]);
        if (answer.IsEmpty || (nuint)answer.Length >= segment->Length)
            return false;
        segment->Length = (nuint)answer.Length;
        return true;
    }

    /// <summary>What the kernel said of the sender and of the address that was asked is kept, and given back with the answer.</summary>
    private LateAnswer Later(int index)
    {
        ref var message = ref received[index];
        var name = new ReadOnlySpan<byte>(message.Name, (int)message.NameLength).ToArray();
        var control = new ReadOnlySpan<byte>(message.Control, (int)message.ControlLength).ToArray();
        return octets => TrySendLate(name, control, octets);
    }

    private bool TrySendLate(byte[] name, byte[] control, ReadOnlySpan<byte> octets)
    {
        lock (lateGate)
        {
            if (isClosed)
                return true;
            fixed (byte* to = name, with = control, what = octets)
            {
                var segment = new Segment { Octets = what, Length = (nuint)octets.Length };
                var message = new Message
                {
                    Name = to,
                    NameLength = (uint)name.Length,
                    Segments = &segment,
                    SegmentCount = 1,
                    Control = with,
                    ControlLength = (nuint)control.Length,
                };
                return Native.SendMessages(descriptor, &message, 1, Native.MSG_NOSIGNAL | Native.MSG_DONTWAIT) > 0
                    || Marshal.GetLastPInvokeError() != Native.EMSGSIZE;
            }
        }
    }

    // The spans are parts of pinned arrays.
    private static byte* Address(ReadOnlySpan<byte> span) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));
}
