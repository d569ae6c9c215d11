using System.Net;

namespace Riad.Git.Io.Remotes;

/// <summary>The body of a request that is made while it is sent.</summary>
internal sealed class PieceContent : HttpContent
{
    // As git does: what is small goes with its length, since some servers want to know it.
    private const int SmallOctets = 1 << 20;

    // What a slow line carries in much less time than silence may last.
    private const int PartOctets = 1 << 14;

    private readonly MemoryStream begun;
    private readonly IEnumerator<ReadOnlyMemory<byte>>? rest;
    private readonly Patience patience;

    private PieceContent(MemoryStream begun, IEnumerator<ReadOnlyMemory<byte>>? rest, Patience patience) => (this.begun, this.rest, this.patience) = (begun, rest, patience);

    public static HttpContent Create(IEnumerable<ReadOnlyMemory<byte>> pieces, Patience patience)
    {
        var gathered = new MemoryStream();
        var remaining = pieces.GetEnumerator();
        while (gathered.Length <= SmallOctets)
        {
            if (!remaining.MoveNext())
            {
                remaining.Dispose();
                return new PieceContent(gathered, rest: null, patience);
            }
            gathered.Write(remaining.Current.Span);
        }
        return new PieceContent(gathered, remaining, patience);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, begun.GetBuffer().AsMemory(0, (int)begun.Length), cancellationToken);
        while (rest?.MoveNext() ?? false)
            await WriteAsync(stream, rest.Current, cancellationToken);
    }

    private async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < octets.Length; sent += PartOctets)
        {
            await stream.WriteAsync(octets.Slice(sent, Math.Min(PartOctets, octets.Length - sent)), cancellationToken);
            patience.Heard();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = begun.Length;
        return rest is null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest?.Dispose();
        base.Dispose(disposing);
    }
}
