namespace Riad.Git.Io.Remotes;

/// <summary>What a remote says, while somebody counts whether it gets on.</summary>
internal sealed class HeardStream(Stream inner, Patience patience) : ReadingStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        patience.Heard(read);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
