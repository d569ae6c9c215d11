namespace Riad.Git.Protocol;

/// <summary>Why a request of a git client is not understood.</summary>
public enum ProtocolFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>The octets are not pkt-lines.</summary>
    Framing,

    /// <summary>The request ends before it is complete.</summary>
    Truncated,

    /// <summary>A flush, delimiter or response end stands where a line of text has to.</summary>
    UnexpectedMark,

    /// <summary>A line that this request cannot have at this place.</summary>
    UnexpectedLine,

    /// <summary>Not forty hexadecimal digits where an object's id belongs.</summary>
    ObjectId,

    /// <summary>A ref's name that is not UTF-8.</summary>
    RefName,

    /// <summary>A number that is not one, or is out of range.</summary>
    Number,

    /// <summary>The first line of a version 2 request names no command that is served here.</summary>
    Command,

    /// <summary>A capability that is needed to understand the request, and not served here.</summary>
    Capability,

    /// <summary>A hash other than SHA-1.</summary>
    ObjectFormat,

    /// <summary>A partial clone.</summary>
    Filter,

    /// <summary><c>deepen</c> together with <c>deepen-since</c> or <c>deepen-not</c>.</summary>
    DeepenTogether,

    /// <summary>A signed push.</summary>
    PushCertificate,
}

/// <summary>Where and why a request of a git client is not understood.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Line">The pkt-line at fault, counted from 1; 0 when it is the request as a whole.</param>
/// <param name="Found">What stands there, at most 80 characters; from the client, so it is untrusted.</param>
public sealed record ProtocolError(ProtocolFault Fault, int Line, string Found = "")
{
    /// <summary>A sentence for the person at the client.</summary>
    public override string ToString() => Line is 0 ? Describe() : $"line {Line} of the request: {Describe()}";

    private string Describe() => Fault switch
    {
        ProtocolFault.None => "no fault",
        ProtocolFault.Framing => $"not a pkt-line ({Found})",
        ProtocolFault.Truncated => "the request ends early",
        ProtocolFault.UnexpectedMark => "a flush or delimiter is not expected here",
        ProtocolFault.UnexpectedLine => $"'{Found}' is not expected here",
        ProtocolFault.ObjectId => $"'{Found}' is not an object id of 40 hexadecimal digits",
        ProtocolFault.RefName => $"the ref name '{Found}' is not UTF-8",
        ProtocolFault.Number => $"'{Found}' is not a number in range",
        ProtocolFault.Command => $"'{Found}' is not a command of this server",
        ProtocolFault.Capability => $"'{Found}' is not a capability of this server",
        ProtocolFault.ObjectFormat => $"object format '{Found}' is not served: this repository uses sha1",
        ProtocolFault.Filter => "object filters (partial clone) are not served: clone without --filter",
        ProtocolFault.DeepenTogether => "deepen cannot be combined with deepen-since or deepen-not",
        ProtocolFault.PushCertificate => "signed pushes are not served: push without --signed",
    };
}
