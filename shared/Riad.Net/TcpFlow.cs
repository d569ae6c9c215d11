using Riad.Core;

namespace Riad.Net;

/// <summary>A TCP connection: a stream with two ends.</summary>
/// <remarks>
/// Asynchronous only. One read and one write at a time may be pending, and one of each at once. A read into an empty buffer
/// completes when there is something to read (or the end), so that who waits needs no buffer. A read returns 0 at the other
/// side's end; our side may go on writing.
/// </remarks>
public abstract class TcpFlow : Stream
{
    /// <summary>Our end.</summary>
    public abstract IpEndpoint Local { get; }

    /// <summary>The other end.</summary>
    public abstract IpEndpoint Remote { get; }

    /// <summary>Tells the other side that nothing more comes; reading goes on.</summary>
    public abstract void CompleteWriting();

    /// <summary>Ends the connection at once, from any thread: a pending read or write fails, or reads the end. The owner still disposes it.</summary>
    public abstract void Abort();

    /// <inheritdoc/>
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public sealed override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public sealed override bool CanRead => true;

    /// <inheritdoc/>
    public sealed override bool CanWrite => true;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public sealed override void Flush()
    {
    }

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a flow is read asynchronously");

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("a flow is written asynchronously");

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
