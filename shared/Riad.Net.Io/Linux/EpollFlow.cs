using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using Riad.Core;

namespace Riad.Net.Io.Linux;

/// <summary>A connection on a reactor. Waiting costs no allocation; what waits goes on inline, on the reactor's thread.</summary>
/// <remarks>
/// Watched edge-triggered from accept to close. A read that fills less than its buffer has drained the socket, so the next one waits
/// without asking the kernel first. Source: epoll(7), questions and answers.
/// </remarks>
internal sealed unsafe class EpollFlow : TcpFlow
{
    // A connection that always has something to read lets the others have a turn after so many reads.
    private const int ReadsInARow = 16;
    private const uint Ended = Native.EPOLLRDHUP | Native.EPOLLHUP | Native.EPOLLERR;

    private readonly Reactor reactor;
    private readonly Watch watch;
    private readonly Lock gate = new();
    private readonly Waiting<int> reading = new();
    private readonly Waiting<bool> writing = new();
    private int descriptor;
    private int readsInARow;
    private volatile bool readable;
    private volatile bool writable = true;
    private volatile bool ended;
    private bool closed;
    private bool aborted;
    private Memory<byte> readInto;
    private ReadOnlyMemory<byte> writeFrom;

    internal EpollFlow(int descriptor, Reactor reactor, IpEndpoint local, IpEndpoint remote)
    {
        (this.descriptor, this.reactor, Local, Remote) = (descriptor, reactor, local, remote);
        watch = new(this);
    }

    public override IpEndpoint Local { get; }

    public override IpEndpoint Remote { get; }

    internal bool TryWatch() => reactor.TryAdd(watch, descriptor, Native.EPOLLIN | Native.EPOLLOUT | Native.EPOLLRDHUP | Native.EPOLLET);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (readsInARow++ < ReadsInARow && TryRead(buffer, out var count))
            return new(count);
        lock (gate)
        {
            if (closed || aborted)
                throw Reset();
            readInto = buffer;
            reading.Begin(cancellationToken);
        }
        if (readsInARow > ReadsInARow)
            reactor.CallAgain(watch);
        else if (readable)   // it became ready between the try and the wait
            Continue();
        return reading.Task;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TryWrite(ref buffer))
            return default;
        ValueTask task;
        lock (gate)
        {
            if (closed || aborted)
                throw Reset();
            writeFrom = buffer;
            writing.Begin(cancellationToken);
            task = writing.VoidTask;
        }
        if (writable)
            Continue();
        return task;
    }

    public override void CompleteWriting()
    {
        lock (gate)
        {
            if (!closed)
                _ = Native.Shutdown(descriptor, Native.SHUT_WR);
        }
    }

    public override void Abort()
    {
        lock (gate)
        {
            if (closed)
                return;
            aborted = true;
            _ = Native.Shutdown(descriptor, Native.SHUT_RDWR);   // wakes whoever waits, by an event
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            reactor.Remove(watch);
            _ = Native.Close(descriptor);
            descriptor = -1;
        }
        if (reading.TryEnd())
            reading.Fail(Reset());
        if (writing.TryEnd())
            writing.Fail(Reset());
        base.Dispose(disposing);
    }

    /// <summary>Finishes what waits, as far as the socket allows.</summary>
    private void Continue()
    {
        if (readable && reading.TryEnd())
            ContinueReading();
        if (writable && writing.TryEnd())
            ContinueWriting();
    }

    private void ContinueReading()
    {
        readsInARow = 0;
        try
        {
            while (true)
            {
                if (TryRead(readInto, out var count))
                {
                    readInto = default;
                    reading.Succeed(count);
                    return;
                }
                reading.WaitOn();
                if (!readable || !reading.TryEnd())
                    return;
            }
        }
        catch (NetworkException exception)
        {
            reading.Fail(exception);
        }
    }

    private void ContinueWriting()
    {
        try
        {
            while (true)
            {
                if (TryWrite(ref writeFrom))
                {
                    writeFrom = default;
                    writing.Succeed(true);
                    return;
                }
                writing.WaitOn();
                if (!writable || !writing.TryEnd())
                    return;
            }
        }
        catch (NetworkException exception)
        {
            writing.Fail(exception);
        }
    }

    private bool TryRead(Memory<byte> buffer, out int count)
    {
        count = 0;
        if (!readable)
            return false;
        if (buffer.IsEmpty)
            return true;
        readable = false;   // before the call: an event during it must not be lost
        nint received;
        fixed (byte* octets = buffer.Span)
        {
            do
                received = Native.Receive(descriptor, octets, (nuint)buffer.Length, Native.MSG_DONTWAIT);
            while (received < 0 && Marshal.GetLastPInvokeError() == Native.EINTR);
        }
        if (received < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == Native.EAGAIN ? false : throw Failed(error);
        }
        if (received == buffer.Length || received == 0 || ended)
            readable = true;
        count = (int)received;
        return true;
    }

    private bool TryWrite(ref ReadOnlyMemory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (!writable)
                return false;
            writable = false;
            nint sent;
            fixed (byte* octets = buffer.Span)
                sent = Native.Send(descriptor, octets, (nuint)buffer.Length, Native.MSG_DONTWAIT | Native.MSG_NOSIGNAL);
            if (sent >= 0)
            {
                writable = true;
                buffer = buffer[(int)sent..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (error == Native.EAGAIN)
                return false;
            writable = true;
            if (error != Native.EINTR)
                throw Failed(error);
        }
        return true;
    }

    private NetworkException Reset() => new(NetworkFault.Reset, $"the connection with {Remote} has ended");

    private NetworkException Failed(int error) =>
        new(Descriptor.FaultOf(error), $"the connection with {Remote} failed: {Marshal.GetPInvokeErrorMessage(error)}");

    private sealed class Watch(EpollFlow flow) : ReactorSource
    {
        internal override void OnReady(uint events)
        {
            if ((events & Ended) != 0)
                flow.ended = true;
            if ((events & (Native.EPOLLIN | Ended)) != 0)
                flow.readable = true;
            if ((events & (Native.EPOLLOUT | Ended)) != 0)
                flow.writable = true;
            Interlocked.MemoryBarrier();
            flow.Continue();
        }
    }

    /// <summary>A wait that can be used again and again; whoever ends it first completes it.</summary>
    private sealed class Waiting<T> : IValueTaskSource<T>, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<T> core;
        private CancellationTokenRegistration cancellation;
        private int waiting;

        internal ValueTask<T> Task => new(this, core.Version);

        internal ValueTask VoidTask => new(this, core.Version);

        internal void Begin(CancellationToken cancellationToken)
        {
            core.Reset();
            WaitOn();
            if (cancellationToken.CanBeCanceled)
                cancellation = cancellationToken.UnsafeRegister(static (waiting, token) => ((Waiting<T>)waiting!).Cancel(token), this);
        }

        // A full fence: whoever waits looks at the readiness afterwards, whoever is ready looks at the wait afterwards.
        internal void WaitOn() => Interlocked.Exchange(ref waiting, 1);

        internal bool TryEnd() => Volatile.Read(ref waiting) == 1 && Interlocked.Exchange(ref waiting, 0) == 1;

        internal void Succeed(T result)
        {
            cancellation.Dispose();
            core.SetResult(result);
        }

        internal void Fail(Exception exception)
        {
            cancellation.Dispose();
            core.SetException(exception);
        }

        private void Cancel(CancellationToken token)
        {
            if (TryEnd())
                core.SetException(new OperationCanceledException(token));
        }

        T IValueTaskSource<T>.GetResult(short token) => core.GetResult(token);

        void IValueTaskSource.GetResult(short token) => core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => core.GetStatus(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => core.GetStatus(token);

        void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            core.OnCompleted(continuation, state, token, flags);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            core.OnCompleted(continuation, state, token, flags);
    }
}
