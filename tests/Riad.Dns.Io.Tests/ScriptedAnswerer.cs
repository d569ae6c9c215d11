using System.Collections.Concurrent;
using System.Text;
using Riad.Core;
using Riad.Dns.Server;

namespace Riad.Dns.Io.Tests;

/// <summary>
/// Answers with the query itself and QR set. What follows the header is a command: "drop" is not answered, "fail" throws, "long N" is
/// answered by N octets, "cut" has TC set, "request until N" is handed on before second N. Commands of the <see cref="ScriptedHandler"/> are handed on.
/// </summary>
internal sealed class ScriptedAnswerer : IAnswerer
{
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
            ["request", "until", var second] when context.Now.Elapsed < Elapsed.FromSeconds(int.Parse(second, null)) => IAnswerer.Request,
            ["transfer", _] or ["transfer", _, _] or ["hold"] or ["silent"] or ["fault"] or ["fault", _] or ["answer", _] => IAnswerer.Request,
            _ => query.Length,
        };
    }

    private static int Cut(Span<byte> answer, int length)
    {
        answer[2] |= 2;
        return length;
    }
}
