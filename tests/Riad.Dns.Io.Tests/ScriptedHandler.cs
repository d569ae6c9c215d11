using System.Collections.Concurrent;
using System.Text;

namespace Riad.Dns.Io.Tests;

/// <summary>
/// Handles requests whose text is a command: "transfer N" is answered by the request and N more messages, "transfer N M" by as many of M octets each, "answer N" by one of N octets,
/// "hold" when <see cref="Release"/> is called, "silent" by nothing; "fault" throws at once, "fault N" after N messages.
/// </summary>
internal sealed class ScriptedHandler : IRequestHandler
{
    private readonly ConcurrentQueue<TaskCompletionSource> held = new();

    internal ConcurrentQueue<DnsRequest> Requests { get; } = new();

    internal int Held => held.Count;

    internal int Disposed;

    /// <summary>Lets one held request go on.</summary>
    internal void Release()
    {
        if (held.TryDequeue(out var one))
            one.SetResult();
    }

    public async ValueTask<IMessageSequence?> HandleAsync(DnsRequest request, CancellationToken stop)
    {
        Requests.Enqueue(request);
        switch (Encoding.ASCII.GetString(request.Octets.Span[12..]).Split(' '))
        {
            case ["transfer", var count]:
                return new Messages(this, request.Octets.ToArray(), 1 + int.Parse(count, null), faults: false);
            case ["transfer", var count, var octets]:
                return new Messages(this, Padded(request, octets), 1 + int.Parse(count, null), faults: false);
            case ["answer", var octets]:
                return new Messages(this, Padded(request, octets), 1, faults: false);
            case ["hold"]:
                var waiting = new TaskCompletionSource();
                held.Enqueue(waiting);
                await waiting.Task.WaitAsync(stop);
                return new Messages(this, request.Octets.ToArray(), 1, faults: false);
            case ["fault", var count]:
                return new Messages(this, request.Octets.ToArray(), int.Parse(count, null), faults: true);
            case ["fault"]:
                throw new InvalidOperationException("as asked");
            default:
                return null;
        }
    }

    private static byte[] Padded(DnsRequest request, string octets) =>
        [.. request.Octets.Span, .. new byte[int.Parse(octets, null) - request.Octets.Length]];

    private sealed class Messages(ScriptedHandler handler, byte[] message, int count, bool faults) : IMessageSequence
    {
        private int left = count;

        public int WriteNext(Span<byte> space)
        {
            if (left-- == 0)
                return faults ? throw new InvalidOperationException("as asked") : 0;
            message.CopyTo(space);
            return message.Length;
        }

        public void Dispose() => Interlocked.Increment(ref handler.Disposed);
    }
}
