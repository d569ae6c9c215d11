using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;

namespace Riad.Dns.Io;

/// <summary>Where a listener's requests go: to the handler, away from the threads that answer queries, so many at once.</summary>
internal sealed class RequestDesk : IDisposable
{
    private const int DatagramOctets = 4096;

    private readonly IRequestHandler handler;
    private readonly DnsListenerOptions options;
    private readonly Action<Exception> report;
    private readonly RequestGate gate;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationToken stopping;
    private volatile TaskCompletionSource? allSent;   // set when a stop begins
    private long handled;
    private long dropped;
    private long faults;
    private int datagrams;

    internal RequestDesk(IRequestHandler handler, DnsListenerOptions options, Action<Exception> report)
    {
        (this.handler, this.options, this.report) = (handler, options, report);
        gate = new(options.MaxRequests, options.MaxRequestsPerNetwork);
        stopping = stop.Token;
    }

    /// <summary>Has a datagram answered later; beyond what is handled at once it is dropped, as a network might.</summary>
    internal void Take(DatagramBatch batch, int index, in Now now, TransportCounters counters)
    {
        var client = batch.Source(index);
        if (allSent is not null || !TryEnter(client.Address))
        {
            Interlocked.Increment(ref dropped);
            return;
        }
        Interlocked.Increment(ref datagrams);
        var request = new DnsRequest(client, batch.Local(index), DnsTransport.Udp, now, batch.Received(index).ToArray());
        _ = AnswerAsync(request, batch.Later(index), counters);
    }

    /// <summary>Takes a place among those that are handled, if there is one.</summary>
    internal bool TryEnter(IpAddress client) => gate.TryEnter(ClientNetwork.Of(client));

    /// <summary>Waits for a place.</summary>
    internal Task EnterAsync(IpAddress client, CancellationToken cancellation) => gate.EnterAsync(ClientNetwork.Of(client), cancellation);

    /// <summary>Gives a place back that was not used.</summary>
    internal void Leave(IpAddress client) => gate.Leave(ClientNetwork.Of(client));

    /// <summary>Has a request handled that has a place, on another thread than the caller's. A fault of ours is reported, and no answer.</summary>
    internal async Task<IMessageSequence?> HandleAsync(DnsRequest request)
    {
        try
        {
            await Task.Yield();
            Interlocked.Increment(ref handled);
            return await handler.HandleAsync(request, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            Interlocked.Increment(ref faults);
            report(exception);
            return null;
        }
        finally
        {
            Leave(request.Client.Address);
        }
    }

    /// <summary>Waits for the answers to datagrams, as long as a stop may.</summary>
    internal async Task FinishDatagramsAsync(TimeProvider time)
    {
        allSent = new();
        if (Volatile.Read(ref datagrams) == 0)
            return;
        try
        {
            await allSent.Task.WaitAsync(options.StopLimit, time);
        }
        catch (TimeoutException)
        {
            // Nobody waits longer than that, the clients neither.
        }
    }

    /// <summary>Tells every handler that nobody waits for it any more.</summary>
    public void Dispose()
    {
        if (!stopping.IsCancellationRequested)
            stop.Cancel();
        stop.Dispose();
    }

    internal RequestSnapshot Read() => new(
        Volatile.Read(ref handled), gate.Inside, Volatile.Read(ref dropped), Volatile.Read(ref faults));

    private async Task AnswerAsync(DnsRequest request, LateAnswer answer, TransportCounters counters)
    {
        try
        {
            using var messages = await HandleAsync(request);
            if (messages is not null)
                Send(messages, answer, counters);
        }
        catch (Exception exception)
        {
            Interlocked.Increment(ref faults);
            report(exception);
        }
        finally
        {
            if (Interlocked.Decrement(ref datagrams) == 0)
                allSent?.TrySetResult();
        }
    }

    private static void Send(IMessageSequence messages, LateAnswer answer, TransportCounters counters)
    {
        Span<byte> space = stackalloc byte[DatagramOctets];
        var message = space[..messages.WriteNext(space)];
        if (message.IsEmpty)
            return;
        if (!answer(message))
        {
            message = message[..Truncation.CutToQuestion(message)];
            _ = message.IsEmpty || answer(message);
        }
        counters.AddLate(message);
    }
}
