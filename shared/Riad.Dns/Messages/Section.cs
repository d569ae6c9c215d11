namespace Riad.Dns.Messages;

/// <summary>The parts of a message that hold records, in their order.</summary>
/// <remarks>Source: RFC 1035 §4.1. In an update they are called prerequisite, update and additional (RFC 2136 §2).</remarks>
public enum Section
{
    /// <summary>What was asked for.</summary>
    Answer,

    /// <summary>Who knows more, or an SOA that says there is nothing.</summary>
    Authority,

    /// <summary>What else helps.</summary>
    Additional,
}
