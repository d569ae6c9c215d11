namespace Riad.Dns.Io;

/// <summary>The messages of an answer: one, or as many as a zone transfer takes. Other queries of the connection are answered in between.</summary>
/// <remarks>Used by one thread at a time, and not always the same. Disposed after its last message, or earlier when the client is gone.</remarks>
public interface IMessageSequence : IDisposable
{
    /// <summary>Writes the next message: a bounded piece of work, without waiting.</summary>
    /// <param name="message">65,535 octets in a stream, 4096 over UDP.</param>
    /// <returns>Its length; 0 after the last.</returns>
    int WriteNext(Span<byte> message);
}
