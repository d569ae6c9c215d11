using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;

namespace Riad.Dns.Io;

/// <summary>One stream of queries. What arrived together is answered together, in one write; requests are handled meanwhile.</summary>
/// <remarks>
/// Source: RFC 7766 (two octets of length before each message, many queries on the way at once), RFC 7858 for TLS. Holds no buffer
/// while it waits for a query to begin; at most one query in and 128 KiB out otherwise.
/// </remarks>
internal sealed class StreamConnection(
    TcpFlow flow, DnsTransport transport, DnsListenerOptions options, ConnectionTable table, AnswererPool answerers,
    RequestDesk? desk, ServerClock clock, TransportCounters counters, Action<Exception> report)
{
    private const int PrefixOctets = 2;
    private const int HeaderOctets = 12;
    private const int MaxMessageOctets = 65_535;
    private const int FirstInputOctets = 4096;
    private const int OutputOctets = 2 * (MaxMessageOctets + 1);   // whatever was written, a longest message still fits until half is full

    private static readonly List<SslApplicationProtocol> DnsOverTls = [new("dot")];

    private readonly Signal news = new();
    private readonly SslStream? tls = transport is DnsTransport.Tls ? new(flow, leaveInnerStreamOpen: true) : null;
    private StreamRequests? requests;   // made when the first comes: most streams never have one
    private byte[] input = [];
    private int filled;
    private int phase = (int)ConnectionPhase.Handshake;
    private long since = clock.Elapsed.Value.Ticks;
    private ConnectionPhase resting = ConnectionPhase.Waiting;   // what it does when nothing is on its way out
    private volatile bool hasRead;
    private volatile bool ending;

    internal IpEndpoint Client { get; } = flow.Remote;

    /// <summary>What it is doing; read by the sweeper.</summary>
    internal ConnectionPhase Phase => (ConnectionPhase)Volatile.Read(ref phase);

    /// <summary>Since when.</summary>
    internal Elapsed Since => new(TimeSpan.FromTicks(Volatile.Read(ref since)));

    private Stream Stream => (Stream?)tls ?? flow;

    /// <summary>Serves the stream to its end. Faults of the network end it silently.</summary>
    internal async Task RunAsync()
    {
        try
        {
            if (tls is not null)
                await tls.AuthenticateAsServerAsync(TlsOptions());
            Enter(ConnectionPhase.Waiting, clock.Elapsed);
            await ConverseAsync();
            await SayEndAsync();
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or ObjectDisposedException or OperationCanceledException)
        {
            // The client left, or was ended for its slowness, or speaks no TLS: its own affair.
        }
        catch (Exception exception) when (Phase is ConnectionPhase.Over && exception is InvalidOperationException or NotSupportedException)
        {
            // TLS was ended from outside while a write began.
        }
        catch (Exception exception)
        {
            report(exception);
        }
        finally
        {
            requests?.Dispose();
            ReturnInput();
            if (tls is not null)
                await tls.DisposeAsync();
        }
    }

    /// <summary>Ends a stream that waits, at once; another after what it is writing. From any thread.</summary>
    internal void End()
    {
        ending = true;
        news.Set();
        if (Interlocked.CompareExchange(ref phase, (int)ConnectionPhase.Over, (int)ConnectionPhase.Waiting) != (int)ConnectionPhase.Waiting)
            return;
        if (tls is null)
            flow.Abort();
        else
            _ = EndTlsAsync(tls);
    }

    /// <summary>Ends it at once. From any thread.</summary>
    internal void Abort()
    {
        ending = true;
        Volatile.Write(ref phase, (int)ConnectionPhase.Over);
        flow.Abort();
        news.Set();
    }

    private async Task EndTlsAsync(SslStream stream)
    {
        try
        {
            await stream.ShutdownAsync().WaitAsync(options.HandshakeLimit, clock.Time);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or NotSupportedException or TimeoutException)
        {
            // The client was faster.
        }
        flow.Abort();
    }

    private SslServerAuthenticationOptions TlsOptions() => new()
    {
        ServerCertificateContext = options.Certificate!(),
        ApplicationProtocols = DnsOverTls,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,   // RFC 9325 §3.1.1, whatever the system's own default
    };

    private async Task ConverseAsync()
    {
        while (!ending)
        {
            if (requests is { IsIdle: false })
                await ExchangeAsync(requests);
            else if (!HasWholeQuery(0) && !await ReceiveAsync())   // one that waited for a place may have got it just now
                return;
            if (!await AnswerAllAsync())
                return;
        }
        if (requests is not null)
            await FinishAsync(requests);
    }

    /// <summary>Waits for more octets of queries.</summary>
    /// <returns>False at the client's end; all that it asked is answered then.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReceiveAsync()
    {
        if (filled == 0)
        {
            ReturnInput();
            _ = await Stream.ReadAsync(Memory<byte>.Empty);
            input = ArrayPool<byte>.Shared.Rent(FirstInputOctets);
        }
        var count = await Stream.ReadAsync(input.AsMemory(filled));
        filled += count;
        return count > 0;
    }

    /// <summary>Answers every whole query of the input; a part of one stays.</summary>
    /// <returns>False when the octets are no queries at all.</returns>
    private async ValueTask<bool> AnswerAllAsync()
    {
        var (position, isSound) = (0, true);
        while (isSound && requests is not { IsFull: true } && HasWholeQuery(position))
        {
            (position, var answers, isSound) = AnswerSome(position);
            if (!answers.IsEmpty)
                await WriteAsync(answers);
            Return(answers);
        }
        KeepRest(position);
        if (!HasWholeQuery(0))
            requests?.LeaveUnused();
        return isSound && !IsGarbage();
    }

    /// <summary>The answers in a space of their own size: a client that does not take them costs no more than that.</summary>
    private (int Position, ReadOnlyMemory<byte> Answers, bool IsSound) AnswerSome(int position)
    {
        var space = ArrayPool<byte>.Shared.Rent(OutputOctets);
        (position, var written, var isSound) = AnswerSome(position, space);
        var answers = ReadOnlyMemory<byte>.Empty;
        if (written > 0)
        {
            var copy = ArrayPool<byte>.Shared.Rent(written);
            space.AsSpan(0, written).CopyTo(copy);
            answers = copy.AsMemory(0, written);
        }
        ArrayPool<byte>.Shared.Return(space);
        return (position, answers, isSound);
    }

    private static void Return(ReadOnlyMemory<byte> answers)
    {
        if (MemoryMarshal.TryGetArray(answers, out var segment) && segment.Array is { Length: > 0 } rented)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private bool HasWholeQuery(int position) =>
        filled - position >= PrefixOctets && filled - position - PrefixOctets >= BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(position));

    // A message without a whole header: this is not DNS.
    private bool IsGarbage() => filled >= PrefixOctets && BinaryPrimitives.ReadUInt16BigEndian(input) < HeaderOctets;

    private (int Position, int Written, bool IsSound) AnswerSome(int position, Span<byte> output)
    {
        var now = clock.Read();
        var count = default(BatchCount);
        var answerer = answerers.Take();
        var written = 0;
        var isSound = true;
        var context = new QueryContext(Client.Address, transport, now, table.IdleLimit);
        answerer.Begin(now);
        while (HasWholeQuery(position) && output.Length - written >= PrefixOctets + MaxMessageOctets && requests is not { IsFull: true })
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(position));
            if (length < HeaderOctets)
            {
                isSound = false;
                break;
            }
            var query = input.AsSpan(position + PrefixOctets, length);
            var answered = Answer(answerer, context, query, output.Slice(written + PrefixOctets, MaxMessageOctets), ref count);
            if (answered == IAnswerer.Request)
            {
                requests ??= new(desk, flow, transport, news) { HasTls13 = tls?.SslProtocol is SslProtocols.Tls13 };
                if (!requests.TryBegin(query, now, context.IdleLimit))
                    break;
                answered = 0;
            }
            position += PrefixOctets + length;
            written += Frame(output[written..], answered, ref count);
        }
        answerer.End();
        answerers.Return(answerer);
        Volatile.Write(ref since, now.Elapsed.Value.Ticks);
        counters.Add(count);
        counters.Sample(now.Elapsed, clock);
        return (position, written, isSound);
    }

    // A fault of ours costs one answer, not the connection.
    private int Answer(IAnswerer answerer, in QueryContext context, ReadOnlySpan<byte> query, Span<byte> answer, ref BatchCount count)
    {
        try
        {
            return answerer.Answer(context, query, answer);
        }
        catch (Exception exception)
        {
            count.Faults++;
            report(exception);
            return 0;
        }
    }

    private static int Frame(Span<byte> output, int length, ref BatchCount count)
    {
        count.Add(output.Slice(PrefixOctets, length));
        if (length == 0)
            return 0;
        BinaryPrimitives.WriteUInt16BigEndian(output, (ushort)length);
        return PrefixOctets + length;
    }

    /// <summary>Sends what the requests come to, until a query arrives or all of it is out.</summary>
    private async Task ExchangeAsync(StreamRequests exchanges)
    {
        await Task.Yield();   // a long transfer must not hold the thread that other connections wait for
        var mayRead = !exchanges.IsFull;
        if (mayRead && HasWholeQuery(0))
            return;   // there was no room for it, and now there is: the client may have nothing more to say that would wake a read
        if (input.Length == 0)
            input = ArrayPool<byte>.Shared.Rent(FirstInputOctets);
        hasRead = false;
        var reading = mayRead ? ReadAndTellAsync() : null;
        await ContinueAsync(exchanges, () => !ending && !hasRead && (mayRead || exchanges.IsFull));
        if (reading is null)
            return;
        if (ending && !hasRead)
        {
            input = [];   // the read may still write into it: not to be used by anyone else
            filled = 0;
            return;
        }
        var count = await reading;
        filled += count;
        ending |= count == 0;   // after the client's end it asks no more, but still takes what it asked for
    }

    /// <summary>Writes what there is to write, and waits for news when there is nothing, until all is out.</summary>
    private async Task ContinueAsync(StreamRequests exchanges, Func<bool> mayGoOn)
    {
        Rest(ConnectionPhase.Working);
        var output = ArrayPool<byte>.Shared.Rent(OutputOctets);
        while (!exchanges.IsIdle && mayGoOn())
        {
            var count = default(BatchCount);
            var written = exchanges.WriteMessages(output, ref count);
            counters.Add(count);
            if (written > 0)
            {
                await WriteAsync(output.AsMemory(0, written));
                await Task.Yield();   // a client that takes all at once would have this thread until the end of its zone
            }
            else if (!exchanges.IsIdle)
                await news.WaitAsync();
        }
        ArrayPool<byte>.Shared.Return(output);
        Rest(ConnectionPhase.Waiting);
    }

    private void Rest(ConnectionPhase next)
    {
        resting = next;
        Enter(next, clock.Elapsed);
    }

    private async Task<int> ReadAndTellAsync()
    {
        try
        {
            return await Stream.ReadAsync(input.AsMemory(filled));
        }
        finally
        {
            hasRead = true;
            news.Set();
        }
    }

    /// <summary>Sends what is left of the requests, when nothing more is read.</summary>
    private Task FinishAsync(StreamRequests exchanges) => ContinueAsync(exchanges, () => Phase is not ConnectionPhase.Over);

    private ValueTask WriteAsync(ReadOnlyMemory<byte> octets)
    {
        var now = clock.Elapsed;
        Enter(ConnectionPhase.Writing, now);
        var writing = Stream.WriteAsync(octets);
        if (!writing.IsCompletedSuccessfully)
            return FinishAsync(writing);
        Enter(resting, now);
        return writing;

        async ValueTask FinishAsync(ValueTask pending)
        {
            await pending;
            Enter(resting, clock.Elapsed);
        }
    }

    private async Task SayEndAsync()
    {
        Enter(ConnectionPhase.Ending, clock.Elapsed);
        if (tls is not null)
            await tls.ShutdownAsync();
        flow.CompleteWriting();
    }

    // Over is for ever: whoever ended the stream from outside has the last word.
    private void Enter(ConnectionPhase next, Elapsed now)
    {
        Volatile.Write(ref since, now.Value.Ticks);
        int before;
        do
            before = Volatile.Read(ref phase);
        while (before != (int)ConnectionPhase.Over && Interlocked.CompareExchange(ref phase, (int)next, before) != before);
    }

    private void KeepRest(int position)
    {
        filled -= position;
        if (filled == 0)
            return;
        var rest = input.AsSpan(position, filled);
        var needed = filled < PrefixOctets ? PrefixOctets : PrefixOctets + BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (needed <= input.Length)
        {
            rest.CopyTo(input);
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent(needed);
        rest.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(input);
        input = larger;
    }

    private void ReturnInput()
    {
        if (input.Length > 0)
            ArrayPool<byte>.Shared.Return(input);
        input = [];
    }
}
