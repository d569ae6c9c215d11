using System.Collections.Concurrent;
using System.Text;
using Riad.Core;
using Riad.Dns.Server;

namespace Riad.Dns.Io.Tests;

/// <summary>
/// Answers with the query itself and QR set. What follows the header is a command: "drop" is not answered, "fail" throws, "long N" is
/// answered by N octets, "transfer N" by N more messages, "cut" has TC set.
/// </summary>
internal sealed class ScriptedAnswerer : IAnswerer
{
    private (byte[] Query, int Count)? continuation;

    internal ConcurrentQueue<QueryContext> Contexts { get; init; } = new();

    public void Begin(Now now)
    {
    }

    public void End()
    {
    }

    public int Answer(in QueryContext context, ReadOnlySpan<byte> query, Span<byte> answer)
    {
        Contexts.Enqueue(context);
        query.CopyTo(answer);
        answer[2] |= 0x80;
        return Encoding.ASCII.GetString(query[12..]).Split(' ') switch
        {
            ["drop"] => 0,
            ["fail"] => throw new InvalidOperationException("as asked"),
            ["cut"] => Cut(answer, query.Length),
            ["long", var octets] => int.Parse(octets, null),
            ["transfer", var count] => Transfer(query, int.Parse(count, null)),
            _ => query.Length,
        };
    }

    public IMessageSequence? TakeContinuation()
    {
        if (continuation is not (var query, var count))
            return null;
        continuation = null;
        return new Messages(query, count);
    }

    private static int Cut(Span<byte> answer, int length)
    {
        answer[2] |= 2;
        return length;
    }

    private int Transfer(ReadOnlySpan<byte> query, int count)
    {
        continuation = (query.ToArray(), count);
        return query.Length;
    }

    private sealed class Messages(byte[] query, int count) : IMessageSequence
    {
        private int left = count;

        public int WriteNext(Span<byte> message)
        {
            if (left-- == 0)
                return 0;
            query.CopyTo(message);
            return query.Length;
        }

        public void Dispose()
        {
        }
    }
}
