namespace Riad.Dns.Io;

/// <summary>Answers requests, at leisure and away from the threads that answer queries. Called for several at once.</summary>
public interface IRequestHandler
{
    /// <summary>Answers one request.</summary>
    /// <param name="request">Its octets are its own: they stay as they are.</param>
    /// <param name="stop">Ends when the server has waited long enough for what it still had to do.</param>
    /// <returns>
    /// The messages of the answer, or null to say nothing. Over UDP the first alone is sent, and what is too long for the client must
    /// already have become TC. In a stream all are sent, and other queries are answered in between.
    /// </returns>
    ValueTask<IMessageSequence?> HandleAsync(DnsRequest request, CancellationToken stop);
}
