namespace Riad.Dns.Io;

/// <summary>What a stream is doing, and so which limit holds.</summary>
internal enum ConnectionPhase
{
    /// <summary>TLS is being agreed on.</summary>
    Handshake,

    /// <summary>Everything is answered; the next query has not come, or not whole.</summary>
    Waiting,

    /// <summary>Requests are being handled: how long that may take is the handler's affair.</summary>
    Working,

    /// <summary>Answers are on their way out.</summary>
    Writing,

    /// <summary>The end is being said, in TLS.</summary>
    Ending,

    /// <summary>It has been ended by us already.</summary>
    Over,
}
