using System.Runtime.InteropServices;

namespace Riad.Net.Io.Linux;

/// <summary>One thread that waits for many descriptors and calls those that are ready. What awaits a flow goes on right here.</summary>
internal sealed unsafe class Reactor : IDisposable
{
    private const int EventsAtOnce = 64;

    private readonly int epoll;
    private readonly int wake;
    private readonly Thread thread;
    private readonly Lock gate = new();
    private readonly Stack<int> free = new();
    private readonly Queue<ReactorSource> again = new();
    private ReactorSource?[] sources = new ReactorSource?[64];
    private uint generations;
    private volatile bool stopping;

    private Reactor(int number, int? processor)
    {
        epoll = Native.EpollCreate(Native.EPOLL_CLOEXEC);
        wake = Native.EventDescriptor(0, Native.EFD_CLOEXEC | Native.EFD_NONBLOCK);
        if (epoll < 0 || wake < 0)
            throw new NetworkException(NetworkFault.Other, $"cannot open an event loop: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        for (var slot = sources.Length - 1; slot >= 0; slot--)
            free.Push(slot);
        Control(wake, Native.EPOLLIN, ulong.MaxValue);
        thread = new(() => Run(processor)) { IsBackground = true, Name = $"tcp {number}" };
    }

    internal static Reactor Start(int number, int? processor)
    {
        var reactor = new Reactor(number, processor);
        reactor.thread.Start();
        return reactor;
    }

    /// <summary>Begins to watch a descriptor.</summary>
    /// <param name="source">What to call. Its first call may come before this returns.</param>
    /// <param name="descriptor">Closing it ends the watch; <see cref="Remove"/> comes first.</param>
    /// <param name="interest">EPOLLIN and so on.</param>
    internal bool TryAdd(ReactorSource source, int descriptor, uint interest)
    {
        lock (gate)
        {
            if (free.Count == 0)
                Grow();
            source.Slot = free.Pop();
            source.Generation = ++generations;
            sources[source.Slot] = source;
        }
        if (Control(descriptor, interest, source.Key))
            return true;
        Remove(source);
        return false;
    }

    internal void Remove(ReactorSource source)
    {
        lock (gate)
        {
            sources[source.Slot] = null;
            free.Push(source.Slot);
        }
    }

    /// <summary>Calls the source once more after everyone else had a turn.</summary>
    internal void CallAgain(ReactorSource source)
    {
        lock (again)
            again.Enqueue(source);
        if (Environment.CurrentManagedThreadId != thread.ManagedThreadId)
            Wake();
    }

    public void Dispose()
    {
        stopping = true;
        Wake();
        if (Environment.CurrentManagedThreadId != thread.ManagedThreadId)
            thread.Join();
    }

    private void Grow()
    {
        var old = sources.Length;
        var larger = new ReactorSource?[old * 2];
        sources.CopyTo(larger, 0);
        Volatile.Write(ref sources, larger);
        for (var slot = larger.Length - 1; slot >= old; slot--)
            free.Push(slot);
    }

    private void Wake()
    {
        ulong one = 1;
        _ = Native.Write(wake, (byte*)&one, sizeof(ulong));
    }

    private bool Control(int descriptor, uint interest, ulong key)
    {
        var entry = new ReadyEvent { Events = interest, Key = key };
        var octets = stackalloc byte[ReadyEvent.MaxOctets];
        entry.Write(octets);
        return Native.EpollControl(epoll, Native.EPOLL_CTL_ADD, descriptor, octets) == 0;
    }

    private void Run(int? processor)
    {
        if (processor is { } number)
            Processors.Pin(number);
        var events = stackalloc byte[EventsAtOnce * ReadyEvent.MaxOctets];
        while (!stopping)
        {
            Turn(events);
        }
        _ = Native.Close(epoll);
        _ = Native.Close(wake);
    }

    private void Turn(byte* events)
    {
        var count = Native.EpollWait(epoll, events, EventsAtOnce, again.Count > 0 ? 0 : -1);
        for (var i = 0; i < count; i++)
        {
            var ready = ReadyEvent.Read(events + (i * ReadyEvent.Octets));
            if (ready.Key == ulong.MaxValue)
                Drain();
            else if (Volatile.Read(ref sources)[(int)(uint)ready.Key] is { } source && source.Key == ready.Key)
                source.OnReady(ready.Events);
        }
        for (var left = again.Count; left > 0; left--)
        {
            ReactorSource source;
            lock (again)
                source = again.Dequeue();
            source.OnReady(Native.EPOLLIN);
        }
    }

    private void Drain()
    {
        ulong count;
        _ = Native.Read(wake, (byte*)&count, sizeof(ulong));
    }
}
