using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;

namespace Riad.Dns.Io;

/// <summary>The requests of one stream: those that are being handled, and those whose messages go out in turn.</summary>
/// <param name="desk">Has them handled; null when the listener has no handler.</param>
/// <param name="flow">The stream.</param>
/// <param name="transport">How it came.</param>
/// <param name="news">Set when a request was handled, or may be begun that could not before.</param>
internal sealed class StreamRequests(RequestDesk? desk, TcpFlow flow, DnsTransport transport, Signal news) : IDisposable
{
    private const int Most = 8;
    private const int PrefixOctets = 2;
    private const int MaxMessageOctets = 65_535;

    private readonly Lock gate = new();
    private readonly Queue<Exchange> going = new();
    private readonly CancellationTokenSource over = new();
    private int handling;
    private bool isBlocked;   // there was no place at the desk, and we wait for one
    private bool hasPlace;    // got by waiting
    private bool isOver;

    /// <summary>The stream is TLS 1.3 or later.</summary>
    internal bool HasTls13 { get; init; }

    /// <summary>True when a request would have to wait: nothing more is read from the stream then.</summary>
    internal bool IsFull
    {
        get
        {
            lock (gate)
                return isBlocked || handling + going.Count >= Most;
        }
    }

    /// <summary>True when nothing is left to be written, now or later.</summary>
    internal bool IsIdle
    {
        get
        {
            lock (gate)
                return handling + going.Count == 0 && !isBlocked;
        }
    }

    /// <summary>Begins to handle a request.</summary>
    /// <returns>False when there is no place: then it is to be tried again after the news.</returns>
    internal bool TryBegin(ReadOnlySpan<byte> octets, Now now, TimeSpan idleLimit)
    {
        if (desk is null)
            return true;   // whoever hands on requests without a handler does not want them answered
        lock (gate)
        {
            if (!hasPlace && !desk.TryEnter(flow.Remote.Address))
            {
                isBlocked = true;
                _ = WaitForPlaceAsync(desk);
                return false;
            }
            hasPlace = false;
            handling++;
        }
        _ = HandleAsync(desk, new(flow.Remote, flow.Local.Address, transport, now, octets.ToArray()) { IdleLimit = idleLimit, HasTls13 = HasTls13 });
        return true;
    }

    /// <summary>Writes messages of all that goes, one of each in turn, as long as a longest one fits.</summary>
    /// <param name="output">Receives messages as they travel in a stream.</param>
    /// <param name="count">Counts the first message of each.</param>
    /// <returns>Octets written; 0 when there is nothing to write now.</returns>
    internal int WriteMessages(Span<byte> output, ref BatchCount count)
    {
        var written = 0;
        while (output.Length - written >= PrefixOctets + MaxMessageOctets && TryTakeNext(out var exchange))
        {
            var message = output.Slice(written + PrefixOctets, MaxMessageOctets);
            var length = WriteNext(exchange, message);
            if (length == 0)
                continue;
            if (!exchange.HasBegun)
                count.Add(message[..length]);
            count.Queries = 0;   // counted when they came
            Continue(exchange with { HasBegun = true });
            BinaryPrimitives.WriteUInt16BigEndian(output[written..], (ushort)length);
            written += PrefixOctets + length;
        }
        return written;
    }

    /// <summary>Gives back a place that was waited for, when nothing needs it any more: what was a request then may be a query now.</summary>
    internal void LeaveUnused()
    {
        bool wasUnused;
        lock (gate)
            (wasUnused, hasPlace) = (hasPlace, false);
        if (wasUnused)
            desk?.Leave(flow.Remote.Address);
    }

    /// <summary>The stream is over: what is handled still, is handled for nobody.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            while (going.TryDequeue(out var exchange))
                exchange.Messages.Dispose();
        }
        LeaveUnused();
        over.Cancel();
        over.Dispose();
    }

    private async Task HandleAsync(RequestDesk desk, DnsRequest request)
    {
        var messages = await desk.HandleAsync(request);
        lock (gate)
        {
            handling--;
            if (isOver)
                messages?.Dispose();
            else if (messages is not null)
                going.Enqueue(new(messages, HasBegun: false));
        }
        news.Set();
    }

    private async Task WaitForPlaceAsync(RequestDesk desk)
    {
        var client = flow.Remote.Address;
        try
        {
            await desk.EnterAsync(client, over.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        bool isTaken;   // decided in here: outside, who takes the place may have used it already or given it back
        lock (gate)
        {
            isBlocked = false;
            isTaken = hasPlace = !isOver;
        }
        if (!isTaken)
            desk.Leave(client);
        news.Set();
    }

    private static int WriteNext(Exchange exchange, Span<byte> message)
    {
        var length = 0;
        try
        {
            length = exchange.Messages.WriteNext(message);
            return length;
        }
        finally
        {
            if (length == 0)
                exchange.Messages.Dispose();
        }
    }

    private bool TryTakeNext(out Exchange exchange)
    {
        lock (gate)
            return going.TryDequeue(out exchange);
    }

    private void Continue(Exchange exchange)
    {
        lock (gate)
        {
            if (isOver)
                exchange.Messages.Dispose();
            else
                going.Enqueue(exchange);
        }
    }

    private readonly record struct Exchange(IMessageSequence Messages, bool HasBegun);
}
