using System.Buffers;
using System.IO.Pipelines;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Takes one pkt-line.</summary>
/// <returns>True when no further line is needed.</returns>
internal delegate bool LineStep(PktLineKind kind, ReadOnlySpan<byte> payload);

/// <summary>Reads pkt-lines from a body and leaves in it what comes after them.</summary>
internal static class RequestLines
{
    /// <summary>Feeds lines to an engine until it has enough or the body ends.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxOctets">Octets of lines that are taken.</param>
    /// <param name="step">The engine.</param>
    /// <param name="stop">The client went.</param>
    /// <returns>Null when the lines were well formed.</returns>
    public static async Task<ProtocolError?> ReadAsync(PipeReader body, long maxOctets, LineStep step, CancellationToken stop)
    {
        long taken = 0;
        while (true)
        {
            var result = await body.ReadAsync(stop);
            var (consumed, ended, error) = Take(result.Buffer, step);
            taken += consumed;
            body.AdvanceTo(result.Buffer.GetPosition(consumed), ended ? result.Buffer.GetPosition(consumed) : result.Buffer.End);
            if (error.Fault is PktLineFault.Length || (error.Fault is PktLineFault.Truncated && result.IsCompleted))
                return new(ProtocolFault.Framing, 0, error.ToString());
            if (taken > maxOctets)
                return new(ProtocolFault.Framing, 0, FormattableString.Invariant($"more than {maxOctets} octets of lines"));
            if (ended || result.IsCompleted)
                return null;
        }
    }

    private static (int Consumed, bool Ended, PktLineError Error) Take(ReadOnlySequence<byte> buffer, LineStep step)
    {
        if (buffer.IsSingleSegment)
            return Take(buffer.FirstSpan, step);
        // At most what Kestrel buffers of a request: a line may lie across several of its blocks.
        var joined = ArrayPool<byte>.Shared.Rent((int)buffer.Length);
        buffer.CopyTo(joined);
        var taken = Take(joined.AsSpan(0, (int)buffer.Length), step);
        ArrayPool<byte>.Shared.Return(joined);
        return taken;
    }

    private static (int Consumed, bool Ended, PktLineError Error) Take(ReadOnlySpan<byte> octets, LineStep step)
    {
        var reader = new PktLineReader(octets);
        var ended = false;
        while (!ended && reader.Read(out var payload) is var kind and not PktLineKind.None)
            ended = step(kind, payload);
        return (reader.Position, ended, reader.Error);
    }
}
