using Riad.Core;
using Riad.Dns.Server;

namespace Riad.Dns.Io;

/// <summary>Answers queries. Each has one thread at a time, and may keep state without locks.</summary>
public interface IAnswerer
{
    /// <summary>In place of a length: the message is more than a query, and is handed to the <see cref="IRequestHandler"/>.</summary>
    const int Request = -1;

    /// <summary>A batch of queries begins; all of it is answered from the same zones and at the same time.</summary>
    void Begin(Now now);

    /// <summary>The batch is answered: nothing it was answered from is held until the next begins, which may be never.</summary>
    void End();

    /// <summary>Answers one query.</summary>
    /// <param name="context">Who asked, how and when.</param>
    /// <param name="query">Any octets, at least 12 of them.</param>
    /// <param name="answer">Where to write: 4096 octets over UDP, 65,535 over streams.</param>
    /// <returns>The length of the answer; 0 is no answer; <see cref="Request"/>.</returns>
    int Answer(in QueryContext context, ReadOnlySpan<byte> query, Span<byte> answer);
}
