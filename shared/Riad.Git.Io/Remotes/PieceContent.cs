using System.Net;

namespace Riad.Git.Io.Remotes;

/// <summary>The body of a request that is made while it is sent.</summary>
internal sealed class PieceContent : HttpContent
{
    // As git does: what is small goes with its length, since some servers want to know it.
    private const int SmallOctets = 1 << 20;

    private readonly MemoryStream begun;
    private readonly IEnumerator<ReadOnlyMemory<byte>> rest;
    private readonly Patience patience;

    private PieceContent(MemoryStream begun, IEnumerator<ReadOnlyMemory<byte>> rest, Patience patience) => (this.begun, this.rest, this.patience) = (begun, rest, patience);

    public static HttpContent Create(IEnumerable<ReadOnlyMemory<byte>> pieces, Patience patience)
    {
        var gathered = new MemoryStream();
        var remaining = pieces.GetEnumerator();
        while (gathered.Length <= SmallOctets)
        {
            if (!remaining.MoveNext())
            {
                remaining.Dispose();
                return new ByteArrayContent(gathered.ToArray());
            }
            gathered.Write(remaining.Current.Span);
        }
        return new PieceContent(gathered, remaining, patience);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(begun.GetBuffer().AsMemory(0, (int)begun.Length), cancellationToken);
        while (rest.MoveNext())
        {
            await stream.WriteAsync(rest.Current, cancellationToken);
            patience.Heard();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
