using System.Buffers;
using System.IO.Pipelines;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Where a pack is written to: the answer, in pieces of the side band when the client has one.</summary>
/// <param name="output">The answer. Writing waits for a slow client.</param>
/// <param name="sideBandOctets">The longest piece of the side band; 0 when the pack stands alone.</param>
internal sealed class PackOutput(PipeWriter output, int sideBandOctets)
{
    private readonly byte[] piece = new byte[sideBandOctets > 0 ? sideBandOctets : SideBandWriter.LargePayloadOctets];
    private int filled;

    /// <summary>Writes octets of the pack.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken stop)
    {
        while (!octets.IsEmpty)
        {
            var count = Math.Min(octets.Length, piece.Length - filled);
            octets[..count].CopyTo(piece.AsMemory(filled));
            octets = octets[count..];
            filled += count;
            if (filled == piece.Length)
                await FlushAsync(stop);
        }
    }

    /// <summary>Writes what is left of the last piece, and waits until the client took what it must.</summary>
    /// <exception cref="IOException">The client went.</exception>
    public async ValueTask FlushAsync(CancellationToken stop)
    {
        if (sideBandOctets > 0)
            new SideBandWriter(output, sideBandOctets).WriteData(piece.AsSpan(0, filled));
        else
            output.Write(piece.AsSpan(0, filled));
        filled = 0;
        var result = await output.FlushAsync(stop);
        if (result.IsCompleted || result.IsCanceled)
            throw new IOException("the client went");
    }
}
