namespace Riad.Git.Protocol;

/// <summary>Why octets are not pkt-lines.</summary>
public enum PktLineFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>The four octets of a length are not hexadecimal digits, are <c>0003</c>, or say more than 65520.</summary>
    Length,

    /// <summary>The octets end inside a line: with more octets it may be a whole one.</summary>
    Truncated,
}

/// <summary>Where and why octets are not pkt-lines.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Octets from the start of the input to the first octet of the faulty line.</param>
public readonly record struct PktLineError(PktLineFault Fault, int Offset)
{
    /// <inheritdoc/>
    public override string ToString() => $"offset {Offset}: {Describe()}";

    private string Describe() => Fault switch
    {
        PktLineFault.None => "no fault",
        PktLineFault.Length => "the length of a pkt-line is four hexadecimal digits, 0000 to 0002 or 0004 to fff0",
        PktLineFault.Truncated => "a pkt-line ends early",
    };
}
