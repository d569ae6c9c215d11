using Riad.Git.Io.Remotes;

namespace Riad.Git.Io.Http;

/// <summary>Reads at most so many octets of a stream, and says when there were more.</summary>
internal sealed class BoundedStream(Stream inner, long maxOctets) : ReadingStream
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long left = maxOctets;

    /// <summary>Done once the end of the stream was reached.</summary>
    public Task Ended => ended.Task;

    /// <summary>True once the stream turned out to be longer. It seems to end at the limit.</summary>
    public bool IsExceeded { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = IsExceeded ? 0 : await inner.ReadAsync(buffer, cancellationToken);
        IsExceeded |= count > left;
        if (IsExceeded)
            return 0;
        if (count == 0)
            ended.TrySetResult();
        left -= count;
        return count;
    }
}
