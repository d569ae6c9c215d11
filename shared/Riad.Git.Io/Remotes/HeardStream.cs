namespace Riad.Git.Io.Remotes;

/// <summary>What a remote says: each octet of it, however slow, is a sign that it is there.</summary>
internal sealed class HeardStream(Stream inner, Patience patience) : ReadingStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        patience.Heard();
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
