namespace Riad.Git.Protocol.Client;

/// <summary>Why an answer of a git server is of no use.</summary>
public enum ClientFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>The octets are not pkt-lines.</summary>
    Framing,

    /// <summary>The answer ends before it is complete.</summary>
    Truncated,

    /// <summary>A flush, delimiter or response end stands where a line of text has to.</summary>
    UnexpectedMark,

    /// <summary>A line that this answer cannot have at this place.</summary>
    UnexpectedLine,

    /// <summary>The server says why it does not answer.</summary>
    ServerSaid,

    /// <summary>A hash other than SHA-1.</summary>
    ObjectFormat,

    /// <summary>A version of the protocol that is not spoken here.</summary>
    Version,

    /// <summary>The server cannot do what is needed.</summary>
    Capability,

    /// <summary>The server's own history is cut off.</summary>
    Shallow,

    /// <summary>More refs or words than are taken.</summary>
    TooMuch,
}

/// <summary>Why an answer of a git server is of no use, in a sentence.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Found">What stands there, at most 80 characters without control characters; from the server, so it is untrusted.</param>
public sealed record ClientError(ClientFault Fault, string Found = "")
{
    /// <summary>A sentence for the operator, without a full stop.</summary>
    public override string ToString() => Fault switch
    {
        ClientFault.None => "no fault",
        ClientFault.Framing => $"the answer is not git's ({Found})",
        ClientFault.Truncated => "the answer ends early",
        ClientFault.UnexpectedMark => "a flush or delimiter is not expected there",
        ClientFault.UnexpectedLine => $"'{Found}' is not expected there",
        ClientFault.ServerSaid => $"the server says: {Found}",
        ClientFault.ObjectFormat => $"the repository uses the object format {Found}, and only sha1 is spoken here",
        ClientFault.Version => $"'{Found}' is a version of git's protocol that is not spoken here",
        ClientFault.Capability => $"the server does not offer {Found}, which is needed",
        ClientFault.Shallow => "the server's own history is cut off (a shallow clone); its whole history is needed",
        ClientFault.TooMuch => $"the answer has more {Found} than are taken",
    };
}
