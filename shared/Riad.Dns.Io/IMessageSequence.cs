namespace Riad.Dns.Io;

/// <summary>Messages that follow an answer, such as the rest of a zone transfer. Other queries of the connection are answered in between.</summary>
public interface IMessageSequence : IDisposable
{
    /// <summary>Writes the next message.</summary>
    /// <param name="message">65,535 octets.</param>
    /// <returns>Its length; 0 after the last.</returns>
    int WriteNext(Span<byte> message);
}
