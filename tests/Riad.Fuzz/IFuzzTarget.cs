namespace Riad.Fuzz;

/// <summary>One parser under fuzz. Run must return, whatever the octets; an exception is a finding.</summary>
internal interface IFuzzTarget
{
    /// <summary>Said on the command line and in findings.</summary>
    string Name { get; }

    /// <summary>Inputs that are valid, or nearly: where mutation starts.</summary>
    IEnumerable<byte[]> Seeds { get; }

    /// <summary>Parses the octets and checks what must hold of the result.</summary>
    void Run(ReadOnlySpan<byte> octets);
}
