using System.IO.Pipelines;

namespace Riad.Git.Io.Remotes;

/// <summary>One conversation with a git server, over whatever carries it.</summary>
internal abstract class RemoteSession : IAsyncDisposable
{
    /// <summary>Room for a whole line, so that a pack is not gathered from crumbs.</summary>
    protected static readonly StreamPipeReaderOptions Buffers = new(bufferSize: 1 << 16);

    /// <summary>True once a request is on its way: what it asks for may have happened.</summary>
    public bool HasAsked { get; protected set; }

    /// <summary>Nobody waits for this conversation any more: it ends at once and not politely.</summary>
    public virtual void GiveUp()
    {
    }

    /// <summary>Begins, and gives what the server says first.</summary>
    /// <exception cref="RemoteException">The server is not reached, or refuses.</exception>
    public abstract Task<PipeReader> GreetAsync(Patience patience);

    /// <summary>Sends a request, and gives the answer.</summary>
    /// <param name="pieces">The request; each piece is valid until the next is asked for.</param>
    /// <param name="patience">Ends it.</param>
    /// <exception cref="RemoteException">The server refuses.</exception>
    public abstract Task<PipeReader> AskAsync(IEnumerable<ReadOnlyMemory<byte>> pieces, Patience patience);

    /// <summary>Says that nothing more is asked.</summary>
    public abstract Task LeaveAsync(Patience patience);

    /// <summary>What the carrier itself says of a failure; empty when it says nothing.</summary>
    public abstract Task<string> WhyAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
