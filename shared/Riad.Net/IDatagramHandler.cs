namespace Riad.Net;

/// <summary>Answers datagrams, a batch at a time. The same handler runs on a kernel thread and in a simulation.</summary>
/// <remarks>Used by one thread only; may keep mutable state without locks, and must not block.</remarks>
public interface IDatagramHandler
{
    /// <summary>Reads each datagram of <paramref name="batch"/> and writes its answer beside it; what is not answered is dropped.</summary>
    void Handle(DatagramBatch batch);

    /// <summary>Shortens an answer that the interface cannot carry in one piece; called when the network refused it.</summary>
    /// <param name="batch">The batch that was handled last.</param>
    /// <param name="index">Which of its datagrams.</param>
    /// <returns>True when there is a shorter answer to try, false to drop it.</returns>
    /// <remarks>Source: RFC 9715 §3.1 (R4).</remarks>
    bool TryShorten(DatagramBatch batch, int index);
}
